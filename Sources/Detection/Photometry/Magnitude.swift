// SPDX-License-Identifier: Apache-2.0

/// A magnitude with its standard error.
public struct Magnitude: Sendable, Hashable {
    /// The magnitude.
    public var value: Double
    /// Its standard error.
    public var standardError: Double

    /// A magnitude from its parts.
    public init(value: Double, standardError: Double) {
        self.value = value
        self.standardError = standardError
    }
}
