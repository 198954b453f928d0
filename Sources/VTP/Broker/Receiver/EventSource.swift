// SPDX-License-Identifier: Apache-2.0

/// From whom an event comes.
struct EventSource: Sendable, Hashable {
    /// What kind of peer it is.
    enum Kind: Sendable, Hashable {
        /// An author, to whose address authorities may be granted.
        case author(IPAddress?)
        /// A broker that we subscribe to. It relays for authors whom it knows, and we do not.
        case broker
    }

    let kind: Kind
    /// `address:port`, for the log.
    let name: String
}
