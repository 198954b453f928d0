// SPDX-License-Identifier: Apache-2.0

/// Finds lost frames in the driver's sequence numbers.
struct V4L2SequenceCounter {
    private var last: UInt32?
    /// True until the second number after the start.
    private var isFirstStep = true

    /// A greater jump is not a loss but a driver that began to count anew.
    private static let greatestGap: UInt32 = 1 << 20

    /// Takes the number of the next frame; gives how many were lost before it.
    ///
    /// The first number after the start is taken as it is. A number that stands still or goes back says nothing
    /// about losses: some drivers never count, and some begin anew.
    ///
    /// - Parameter possibleLosses: frames that the camera can have sent since the stream started; nil if unknown. The
    ///   first step is held against it: v4l2loopback hands out a buffer numbered 0 first, and then goes on with the
    ///   number that its writer, who may have begun long ago, has reached.
    mutating func lost(before sequence: UInt32, possibleLosses: Int? = nil) -> Int {
        defer { last = sequence }
        guard let last else { return 0 }
        defer { isFirstStep = false }
        let step = sequence &- last
        guard step >= 1, step <= V4L2SequenceCounter.greatestGap else { return 0 }
        let lost = Int(step) - 1
        if isFirstStep, let possibleLosses, lost > possibleLosses { return 0 }
        return lost
    }

    /// Forgets the last number, for a stream that starts again.
    mutating func restart() {
        last = nil
        isFirstStep = true
    }
}
