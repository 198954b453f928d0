// SPDX-License-Identifier: Apache-2.0

import UTC
import VTP

/// How a subscription to another broker does.
public struct UpstreamState: Sendable, Hashable {
    /// The other broker.
    public let address: VTPAddress
    /// True while it has said who it is and the connection stands.
    public internal(set) var isConnected = false
    /// When its newest event came, since this server began; nil if none came.
    public internal(set) var lastEvent: UTCInstant?
}
