// SPDX-License-Identifier: Apache-2.0

/// How many of the synthetic flashes of the self-test a detector has found again.
public struct SelfTestSummary: Sendable, Hashable {
    /// What counts as found.
    public enum Goal: String, Sendable, Hashable, CaseIterable {
        /// The flash would have opened an event of a single frame (Moon, Jupiter).
        case event
        /// The flash would have become a candidate that may begin a track (sky): one frame of a meteor.
        case candidate
    }

    /// Signal to noise ρ of the synthetic flash in its one frame.
    public static let signalToNoise = 8.0
    /// Tests that the running share goes back to.
    public static let memory = 30

    /// What counts as found.
    public var goal = Goal.event
    /// Tests since the start.
    public private(set) var testCount = 0
    /// Tests since the start whose flash was found.
    public private(set) var recoveredCount = 0
    /// The last tests, the newest in the lowest bit; 1 = found.
    private var recent: UInt32 = 0

    /// A summary of no test yet.
    public init() {}

    /// Share of all tests that found their flash, 0…1; nil before the first.
    public var recoveredShare: Double? {
        testCount > 0 ? Double(recoveredCount) / Double(testCount) : nil
    }

    /// Share of the last 30 tests that found their flash, 0…1; nil before the first.
    public var recentShare: Double? { share(ofLast: SelfTestSummary.memory) }

    /// Share of the last `count` tests, of as many as there were, that found their flash.
    ///
    /// - Parameter count: at most 30; more count as 30.
    public func share(ofLast count: Int) -> Double? {
        let counted = min(count, testCount, SelfTestSummary.memory)
        guard counted > 0 else { return nil }
        let mask = UInt32.max >> UInt32(32 - counted)
        return Double((recent & mask).nonzeroBitCount) / Double(counted)
    }

    /// Takes the result of one test into account.
    mutating func note(isRecovered: Bool) {
        testCount += 1
        recent = recent << 1
        guard isRecovered else { return }
        recoveredCount += 1
        recent |= 1
    }
}
