// SPDX-License-Identifier: Apache-2.0

import JSON
import UTC

/// A time in which the station did not watch: with these, counts of events become rates.
public struct WatchGap: Sendable, Hashable {
    /// When the last frame before it was searched, or the agent was started.
    public var from: UTCInstant
    /// When the first frame after it was searched; nil if the agent ended before.
    public var to: UTCInstant?
    /// Its length by a steady clock; it differs from `to` less `from` where the system clock was stepped meanwhile.
    public var seconds: Double
    /// Why.
    public var reason: GapReason
    /// What the journal says of it.
    public var text: String

    /// One JSON object: `from`, `to` (null when the agent ended before), `seconds`, `reason`, `text`.
    public var json: String {
        JSONText.object([
            ("from", .string("\(from)")), ("to", to.map { JSONText.string("\($0)") } ?? .null),
            ("seconds", .number(seconds.rounded(decimals: 3))), ("reason", .string(reason.rawValue)),
            ("text", .string(text)),
        ]).description
    }

    /// A line for a person: `2026-03-21T20:14:05Z      23.7 s  unplugged  the camera is gone`.
    public var line: String {
        let length = "\(seconds.fixed(1)) s"
        let padding = String(repeating: " ", count: max(0, 12 - length.count))
        let word = to == nil ? "stopped" : reason.rawValue
        return "\(from.iso8601(fractionDigits: 0))\(padding)\(length)  "
            + word + String(repeating: " ", count: max(0, 12 - word.count)) + text
    }
}
