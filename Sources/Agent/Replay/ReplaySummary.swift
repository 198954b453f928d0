// SPDX-License-Identifier: Apache-2.0

import Detection
import JSON

/// What a replay did in all: the last line that `psws-agent replay` prints.
public struct ReplaySummary: Sendable, Hashable {
    /// Frames that were searched.
    public var frames = 0
    /// Frames known to be missing from the recording.
    public var dropped = 0
    /// Processor time of the whole process, in seconds.
    public var processorSeconds = 0.0
    /// Events of every kind that were found.
    public var events = 0
    /// How well the detector saw at the end; nil if nothing was searched.
    public var detector: DetectorStatus?

    /// A summary of nothing yet.
    public init() {}

    /// For programs: `{"summary": {"frames": N, "dropped": N, "seconds_cpu": S, "events": N}}`, and then how well the
    /// detector saw: `seconds_blind`, `blindness` (why it is blind at the end, or null), `stream` (what the frames are
    /// taken for), `self_tests`, `self_tests_recovered`.
    public var json: String {
        JSONText.object([
            (
                "summary",
                .object(
                    [
                        ("frames", .integer(frames)), ("dropped", .integer(dropped)),
                        ("seconds_cpu", .number(processorSeconds.rounded(decimals: 3))), ("events", .integer(events)),
                    ] + sight)
            )
        ]).description
    }

    /// For people.
    public var text: String {
        "\(events) event\(events == 1 ? "" : "s") in \(frames) frames, \(dropped) frames missing, "
            + "\(processorSeconds.fixed(2)) s of processor time"
            + (detector.map { $0.secondsBlind > 0 ? ", blind for \($0.secondsBlind.fixed(0)) s" : "" } ?? "")
    }

    private var sight: [(String, JSONText)] {
        guard let detector else { return [] }
        return [
            ("seconds_blind", .number(detector.secondsBlind.rounded(decimals: 1))),
            ("blindness", .string(detector.blindness?.rawValue)), ("stream", .string(detector.stream.verdict.rawValue)),
            ("self_tests", .integer(detector.selfTest.testCount)),
            ("self_tests_recovered", .integer(detector.selfTest.recoveredCount)),
        ]
    }
}
