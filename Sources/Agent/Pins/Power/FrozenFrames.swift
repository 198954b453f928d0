// SPDX-License-Identifier: Apache-2.0

import Camera

/// Notices a camera that gives the same frame again and again.
///
/// Two frames of a working sensor are never equal: noise changes some of a million pixels by at least one step. Where
/// nearly all stand at 0 or at the top of their range there is no noise to be seen, and nothing is concluded.
struct FrozenFrames {
    /// The same frame for so long, and so many times, is a frozen camera: a slow one gives it only once a second.
    static let patienceSeconds = 10.0
    static let leastRepetitions = 10
    /// Share of the samples that must be able to show noise. Hot pixels and a few stars are less.
    private static let leastShareWithinRange = 0.02

    private var last: Frame?
    private var since: MonotonicInstant?
    private var repetitions = 0

    /// Takes the next frame: seconds since when all were equal, once that is too long; nil while all is well.
    mutating func take(_ frame: Frame, now: MonotonicInstant) -> Double? {
        defer { last = frame }
        guard let last, frame.hasSamples(of: last), let since else {
            since = now
            repetitions = 0
            return nil
        }
        repetitions += 1
        let seconds = now.seconds(since: since)
        guard seconds >= Self.patienceSeconds, repetitions >= Self.leastRepetitions else { return nil }
        guard frame.shareWithinRange >= Self.leastShareWithinRange else {
            // Dark or blinded, which others tell: looked at again after the same time.
            self.since = now
            return nil
        }
        return seconds
    }
}
