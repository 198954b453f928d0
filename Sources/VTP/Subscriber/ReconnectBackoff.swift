// SPDX-License-Identifier: Apache-2.0

/// How long a subscriber waits before it connects again: longer each time, never in step with others.
///
/// The wait grows geometrically (VTP 2.0 §7.3) up to a limit. Each wait is drawn from the upper half of its range,
/// so that the subscribers of a broker that was restarted do not come back in the same second.
public struct ReconnectBackoff: Sendable, Hashable {
    /// First wait.
    public let initialSeconds: Double
    /// Longest wait.
    public let maximumSeconds: Double
    /// Growth from one wait to the next.
    public let factor: Double
    private var nextSeconds: Double

    /// A back-off that has not waited yet.
    public init(initialSeconds: Double = 1, maximumSeconds: Double = 60, factor: Double = 2) {
        self.initialSeconds = initialSeconds
        self.maximumSeconds = maximumSeconds
        self.factor = factor
        nextSeconds = initialSeconds
    }

    /// The next wait in seconds, within `0.5...1` of what is due; makes the one after it longer.
    public mutating func next(using generator: inout some RandomNumberGenerator) -> Double {
        let due = min(nextSeconds, maximumSeconds)
        nextSeconds = min(nextSeconds * factor, maximumSeconds)
        return due * Double.random(in: 0.5...1, using: &generator)
    }

    /// Begins anew after a connection that was worth something.
    public mutating func reset() { nextSeconds = initialSeconds }
}
