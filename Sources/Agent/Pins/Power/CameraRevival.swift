// SPDX-License-Identifier: Apache-2.0

import Camera

/// Decides when a camera is to be switched off and on.
///
/// A frozen camera is at once: opening it again rarely helps. Others are opened again first, five times, which takes
/// some eight seconds. Between two cycles passes a minute, in which a camera starts and is found, then two, four and so
/// on up to an hour, so that a dead camera does not wear out the relay; an hour without a cycle is a new beginning.
/// Times are seconds of any steady clock.
struct CameraRevival: Sendable {
    /// Cycles so far.
    private(set) var cycleCount = 0

    private var failuresInARow = 0
    private var cyclesInARow = 0
    private var lastCycle: Double?

    /// What the camera offers, who may use it and who does so does not change with its power.
    private static let lasting: Set<CameraError.Code> = [.unsupported, .unknownFormat, .forbidden, .busy]

    /// Failures in a row that opening again has not helped against.
    static let patience = 5
    /// Least seconds between cycles, at first and at the most.
    static let firstIntervalSeconds = 60.0
    static let longestIntervalSeconds = 3600.0

    /// Takes a failure: true if the camera is to be switched off and on now.
    ///
    /// - Parameter framesBefore: frames that came since the failure before.
    mutating func needsCycle(after failure: CameraError, framesBefore: Int, now: Double) -> Bool {
        if Self.lasting.contains(failure.code) { return false }
        failuresInARow = framesBefore > 0 ? 1 : failuresInARow + 1
        guard failure.code == .frozen || failuresInARow >= Self.patience else { return false }
        if let lastCycle {
            let waited = now - lastCycle
            if waited >= Self.longestIntervalSeconds { cyclesInARow = 0 }
            guard waited >= intervalSeconds else { return false }
        }
        lastCycle = now
        cycleCount += 1
        cyclesInARow += 1
        failuresInARow = 0
        return true
    }

    /// Least seconds between the last cycle and the next.
    private var intervalSeconds: Double {
        guard cyclesInARow > 0 else { return 0 }
        // Six doublings are more than the longest.
        return min(Self.longestIntervalSeconds, Self.firstIntervalSeconds * Double(1 << min(cyclesInARow - 1, 6)))
    }
}
