// SPDX-License-Identifier: Apache-2.0
import UTC

/// The identifier of a packet, a stream or an author: `ivo://authority/resource/key#local`.
///
/// - Reference: IVOA Identifiers 2.0, section 2; what is refused here is what Comet 3 refuses too, so that an
///   identifier that passes is accepted by the brokers in use.
public struct IVORN: Sendable, Hashable, CustomStringConvertible {
    /// What stands before the local part.
    public enum Separator: String, Sendable, Hashable {
        /// `#`, the form of VOEvent 1.1 and 2.0.
        case fragment = "#"
        /// `?`, the form that VOEvent 2.1 prefers.
        case query = "?"
    }

    /// The naming authority, for example `psws.example`: at least three characters, the first a letter or digit.
    public let authority: String
    /// Path of the stream without slashes around it, for example `flashes`; empty if there is none.
    public let resourceKey: String
    /// What stands before the local part.
    public let separator: Separator
    /// What tells one packet of the stream from another; empty if there is none.
    public let localID: String

    /// An identifier from its parts; nil if a part is not allowed.
    public init?(authority: String, resourceKey: String, separator: Separator = .fragment, localID: String) {
        let text = IVORN.text(authority, resourceKey, separator, localID)
        guard let parsed = IVORN(text), parsed.localID == localID, parsed.resourceKey == resourceKey else { return nil }
        self = parsed
    }

    /// Reads an identifier; nil if it has a fault that `faults(in:)` would name.
    public init?(_ text: String) {
        guard IVORN.faults(in: text).isEmpty else { return nil }
        let parts = IVORN.split(text)
        authority = parts.authority
        resourceKey = parts.resourceKey.map { String($0.dropFirst()) } ?? ""
        separator = parts.separator ?? .fragment
        localID = parts.localID
    }

    /// The identifier of one event of a station: `ivo://<authority>/<stream>#<station>-<UTC time>-<short id>`.
    ///
    /// - Parameters:
    ///   - authority: naming authority.
    ///   - stream: path of the stream, without slashes around it.
    ///   - station: name of the station.
    ///   - time: time of the event; written to the millisecond without colons, as `20260301T211405.250Z`.
    ///   - shortID: what tells events of the same millisecond apart.
    /// - Returns: nil if a part is not allowed.
    public init?(authority: String, stream: String, station: String, time: UTCInstant, shortID: String) {
        let compact = time.basicISO8601()
        self.init(authority: authority, resourceKey: stream, localID: "\(station)-\(compact)-\(shortID)")
    }

    /// The identifier without its local part: the stream that the packet belongs to.
    public var stream: String { "ivo://" + authority + (resourceKey.isEmpty ? "" : "/" + resourceKey) }

    /// The identifier as written in packets.
    public var description: String { IVORN.text(authority, resourceKey, separator, localID) }

    private static func text(_ authority: String, _ key: String, _ separator: Separator, _ local: String) -> String {
        "ivo://" + authority + (key.isEmpty ? "" : "/" + key) + (local.isEmpty ? "" : separator.rawValue + local)
    }
}
