// SPDX-License-Identifier: Apache-2.0

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

    /// A summary of nothing yet.
    public init() {}

    /// For programs: `{"summary": {"frames": N, "dropped": N, "seconds_cpu": S, "events": N}}`.
    public var json: String {
        JSONText.object([
            (
                "summary",
                .object([
                    ("frames", .integer(frames)), ("dropped", .integer(dropped)),
                    ("seconds_cpu", .number(processorSeconds.rounded(decimals: 3))), ("events", .integer(events)),
                ])
            )
        ]).description
    }

    /// For people.
    public var text: String {
        "\(events) event\(events == 1 ? "" : "s") in \(frames) frames, \(dropped) frames missing, "
            + "\(processorSeconds.fixed(2)) s of processor time"
    }
}
