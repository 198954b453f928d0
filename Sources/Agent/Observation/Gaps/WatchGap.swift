// SPDX-License-Identifier: Apache-2.0

import JSON
import UTC

/// A time in which the station did not watch: with these, counts of events become rates.
struct WatchGap: Sendable, Hashable {
    /// When the last frame before it was searched, or the agent was started.
    var from: UTCInstant
    /// When the first frame after it was searched; nil if the agent ended before.
    var to: UTCInstant?
    /// Its length by a steady clock; it differs from `to` less `from` where the system clock was stepped meanwhile.
    var seconds: Double
    /// Why.
    var reason: GapReason
    /// What the journal says of it.
    var text: String

    /// One JSON object: `from`, `to` (null when the agent ended before), `seconds`, `reason`, `text`.
    var json: String {
        JSONText.object([
            ("from", .string("\(from)")), ("to", to.map { JSONText.string("\($0)") } ?? .null),
            ("seconds", .number(seconds.rounded(decimals: 3))), ("reason", .string(reason.rawValue)),
            ("text", .string(text)),
        ]).description
    }
}
