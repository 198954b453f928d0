// SPDX-License-Identifier: Apache-2.0

import UTC

/// Times of frames that follow each other at a steady rate from a known start.
struct FrameTimeline {
    /// Time of the frame with number `firstIndex`.
    var start: UTCInstant
    /// Number of the frame that `start` belongs to.
    var firstIndex = 0
    /// Frames per second; nil if unknown, so that only the first frame has a time.
    var framesPerSecond: Double?
    /// How the start became known.
    var origin: FrameTime.Origin

    /// Time of a frame. The error is half the frame interval, because nobody says which moment of the exposure the
    /// start means; the error of the start itself is unknown and not in it.
    func time(ofFrame index: Int) -> FrameTime? {
        guard index != firstIndex else {
            return FrameTime(
                middleOfExposure: start, uncertaintySeconds: framesPerSecond.map { 0.5 / $0 }, origin: origin)
        }
        guard let framesPerSecond else { return nil }
        return FrameTime(
            middleOfExposure: start.advanced(bySeconds: Double(index - firstIndex) / framesPerSecond),
            uncertaintySeconds: 0.5 / framesPerSecond, origin: origin)
    }
}
