// SPDX-License-Identifier: Apache-2.0

/// How long to wait between attempts: twice as long after each failure, up to a limit, and never in step with others.
public struct RetryBackoff: Sendable, Hashable {
    /// Seconds after the first failure.
    public var firstSeconds: Double
    /// Seconds at most.
    public var maximumSeconds: Double

    /// Waits from `firstSeconds` to `maximumSeconds`: a second to five minutes, unless told otherwise.
    public init(firstSeconds: Double = 1, maximumSeconds: Double = 300) {
        self.firstSeconds = firstSeconds
        self.maximumSeconds = maximumSeconds
    }

    /// Seconds to wait after `failures` failures in a row (1 or more), drawn from the upper half of what is due, so
    /// that the boxes of a network do not come back to a restarted broker in the same second.
    public func wait(afterFailures failures: Int, using generator: inout some RandomNumberGenerator) -> Double {
        // The exponent is bounded: a year of failures must not overflow.
        let doublings = min(max(failures, 1) - 1, 60)
        let due = min(firstSeconds * Double(UInt64(1) << UInt64(doublings)), maximumSeconds)
        return due * Double.random(in: 0.5...1, using: &generator)
    }
}
