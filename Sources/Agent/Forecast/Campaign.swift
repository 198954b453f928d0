// SPDX-License-Identifier: Apache-2.0

import UTC
import VOEvent

/// A time in which the station looks closer, because something was predicted: fainter events are told, and what was
/// kept of every candidate stays.
public struct Campaign: Sendable, Hashable {
    /// Name of the body at which something is expected.
    public var target: String
    /// Identifier of the event that predicts it; nil if the box has predicted it by itself.
    public var ivorn: String?
    /// When it is expected to begin and to end at the target.
    public var start: UTCInstant, stop: UTCInstant
    /// What is expected.
    public var condition: String
    /// False alarms an hour that are put up with meanwhile.
    public var falseAlarmsPerHour: Double

    /// A sentence about it, for the journal and for the events.
    var sentence: String {
        let span = "\(start.iso8601(fractionDigits: 0)) to \(stop.iso8601(fractionDigits: 0))"
        return "\(condition) is predicted at \(target) from \(span)"
            + (ivorn.map { ", \($0)" } ?? ", by this box itself")
    }

    /// What events say of it: the prediction that they follow.
    var citations: Citations? {
        ivorn.map {
            Citations(
                [Citation($0, kind: .followup)],
                description: "Seen while the station watched more closely because of this prediction.")
        }
    }

    /// The group `campaign` of an event.
    var group: What.Group {
        func text(_ name: String, _ value: String, ucd: String, _ meaning: String) -> What.Param {
            What.Param(name: name, value: value, ucd: ucd, dataType: .string, description: meaning)
        }
        return What.Group(
            name: "campaign",
            params: [
                text("prediction", ivorn ?? "made by the station", ucd: "meta.ref.ivoid", "What predicts the interval"),
                text("condition", condition, ucd: "meta.note", "What is predicted"),
                text("interval_start", start.iso8601(fractionDigits: 0), ucd: "time.start", "Predicted begin, UTC"),
                text("interval_end", stop.iso8601(fractionDigits: 0), ucd: "time.end", "Predicted end, UTC"),
                What.Param(
                    name: "false_alarms", value: falseAlarmsPerHour, ucd: "stat.probability", unit: "h-1",
                    description: "False alarms of pure noise that are put up with meanwhile"),
            ])
    }
}
