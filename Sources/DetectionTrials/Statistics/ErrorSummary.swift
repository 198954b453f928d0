// SPDX-License-Identifier: Apache-2.0

/// Mean and root mean square of errors.
public struct ErrorSummary: Sendable, Hashable {
    /// Number of errors.
    public let count: Int
    /// Their mean: what is wrong in the same way every time.
    public let bias: Double
    /// Root of the mean of their squares.
    public let rootMeanSquare: Double

    /// The summary of some errors; nil without any.
    public init?(_ errors: [Double]) {
        guard !errors.isEmpty else { return nil }
        count = errors.count
        bias = errors.reduce(0, +) / Double(errors.count)
        rootMeanSquare = (errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)).squareRoot()
    }
}
