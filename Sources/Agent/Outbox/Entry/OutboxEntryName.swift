// SPDX-License-Identifier: Apache-2.0

import UTC

/// The name of an event in the outbox and of its directory: `20260301T211405.250Z-k3f9`. Names sort by time.
public struct OutboxEntryName: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The name as `ls` shows it.
    public let text: String

    /// The name of an event by its time and an id that tells it from others of the same millisecond.
    ///
    /// Characters of the id other than letters, digits, `-`, `_` and `.` become `-`; of a long one the first 40 are
    /// taken.
    public init(time: UTCInstant, shortID: String) {
        let id = shortID.utf8.prefix(40).map { Self.isAllowed($0) ? Character(Unicode.Scalar($0)) : "-" }
        text = time.basicISO8601() + "-" + String(id)
    }

    /// A name as an operator or a directory gives it; nil if it cannot be one.
    public init?(_ text: String) {
        guard (1...100).contains(text.utf8.count), text.utf8.first != UInt8(ascii: "."),
            text.utf8.allSatisfy(Self.isAllowed)
        else { return nil }
        self.text = text
    }

    /// A name as an operator gives it.
    ///
    /// - Throws: `badName`.
    public init(validating text: String) throws(OutboxError) {
        guard let name = OutboxEntryName(text) else {
            throw OutboxError(
                .badName, place: text, message: "is not the name of an entry",
                remedy: "psws-agent outbox list shows them")
        }
        self = name
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    /// Time of the event; nil if the name does not begin with one.
    var time: UTCInstant? {
        // 20260301T211405.250Z is 2026-03-01T21:14:05.250Z without its dashes and colons.
        let stamp = Array(text.prefix { $0 != "-" })
        guard stamp.count > 15, stamp[8] == "T" else { return nil }
        let date = [stamp[0..<4], stamp[4..<6], stamp[6..<8]].map { String($0) }.joined(separator: "-")
        let time = [stamp[9..<11], stamp[11..<13], stamp[13...]].map { String($0) }.joined(separator: ":")
        return UTCInstant(iso8601: date + "T" + time)
    }

    /// The name.
    public var description: String { text }

    /// True if `left` is the older one.
    public static func < (left: OutboxEntryName, right: OutboxEntryName) -> Bool { left.text < right.text }
}
