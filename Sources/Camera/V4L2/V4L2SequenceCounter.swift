// SPDX-License-Identifier: Apache-2.0

/// Finds lost frames in the driver's sequence numbers.
struct V4L2SequenceCounter {
    private var last: UInt32?

    /// A greater jump is not a loss but a driver that began to count anew.
    private static let greatestGap: UInt32 = 1 << 20

    /// Takes the number of the next frame; gives how many were lost before it.
    ///
    /// The first number after the start is taken as it is. A number that stands still or goes back says nothing
    /// about losses: some drivers never count, and some begin anew.
    mutating func lost(before sequence: UInt32) -> Int {
        defer { last = sequence }
        guard let last else { return 0 }
        let step = sequence &- last
        return step >= 1 && step <= V4L2SequenceCounter.greatestGap ? Int(step) - 1 : 0
    }

    /// Forgets the last number, for a stream that starts again.
    mutating func restart() { last = nil }
}
