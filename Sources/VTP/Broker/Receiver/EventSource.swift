// SPDX-License-Identifier: Apache-2.0

/// The ways on which events come to a broker.
public enum EventWay: String, Sendable, Hashable, CaseIterable {
    /// From an author, over VTP.
    case vtp
    /// From an author who is known by more than an address, over another protocol.
    case http
    /// From another broker.
    case upstream
    /// From the broker's own centre.
    case own
}

/// From whom an event comes.
struct EventSource: Sendable, Hashable {
    /// What kind of peer it is.
    enum Kind: Sendable, Hashable {
        /// An author, to whose address authorities may be granted, or to the SHA-256 of the key that it has proved to
        /// have.
        case author(IPAddress?, key: [UInt8]? = nil)
        /// An author who has proved who it is.
        case known(KnownAuthor)
        /// A broker that we subscribe to. It relays for authors whom it knows, and we do not.
        case broker
        /// Ourselves.
        case own
    }

    let kind: Kind
    /// `address:port`, for the log.
    let name: String

    var way: EventWay {
        switch kind {
        case .author: .vtp
        case .known: .http
        case .broker: .upstream
        case .own: .own
        }
    }

    /// Why this peer may not publish under an ivorn; nil if it may.
    func objection(to ivorn: String, _ access: AccessRules) -> String? {
        switch kind {
        case .author(let address, let key): access.objection(to: ivorn, from: address, key: key)
        case .known(let author): author.objection(to: ivorn)
        case .broker, .own: nil
        }
    }
}
