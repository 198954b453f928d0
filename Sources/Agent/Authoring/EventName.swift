// SPDX-License-Identifier: Apache-2.0

import Detection
import UTC

/// What one event is called everywhere: in its ivorn, in the outbox and on its evidence files.
///
/// The name is computed from what was seen alone, so that the same event detected again, after a crash or from the
/// recording, has the same name and is not reported twice.
public struct EventName: Sendable, Hashable, CustomStringConvertible {
    /// UTC time of the peak in ISO 8601 basic form to the millisecond, `20260301T211405.250Z`; for a recording
    /// without time stamps the number of the peak frame, `frame0000123`.
    public let time: String
    /// Six characters of `a`–`z` and `2`–`7` made from station, camera, time and place.
    public let shortID: String

    /// The name of an event seen by `camera` at `station`.
    public init(event: DetectedEvent, station: String, camera: String) {
        if let peak = event.timePeak?.middleOfExposure {
            time = peak.basicISO8601()
        } else {
            let digits = String(max(0, event.framePeak))
            time = "frame" + String(repeating: "0", count: max(0, 7 - digits.count)) + digits
        }
        let seen =
            "\(station)|\(camera)|\(time)|\(event.kind.rawValue)|\(EventName.whole(event.x))|\(EventName.whole(event.y))"
        shortID = EventName.base32(EventName.fnv1a(seen), characters: 6)
    }

    /// Sorts by time, as names of directories do.
    public var description: String { "\(time)-\(shortID)" }

    /// The nearest pixel; nothing for a place that is none.
    private static func whole(_ coordinate: Double) -> String {
        Int(exactly: coordinate.rounded()).map(String.init) ?? ""
    }

    /// FNV-1a, 64 bits: not for secrets, only to tell events of one millisecond apart.
    private static func fnv1a(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    private static func base32(_ value: UInt64, characters: Int) -> String {
        let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567")
        // The high bits are the better mixed ones.
        return String((0..<characters).map { alphabet[Int(value >> UInt64(59 - 5 * $0)) & 31] })
    }
}
