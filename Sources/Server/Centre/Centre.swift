// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import UTC
import VTP

/// What a running server has, for those who serve it to the world in another way than VTP.
public struct Centre: Sendable {
    /// The configuration at the start.
    public let configuration: ServerConfiguration
    /// The events.
    public let archive: EventArchive
    /// Takes events, whatever way they come.
    public let broker: VTPBroker
    /// When the server began.
    public let started: UTCInstant
    /// Where the network work runs.
    public let eventLoopGroup: any EventLoopGroup
    /// Told of connections and events.
    public let logger: Logger
    /// The newest round of predictions.
    public let predictions: PredictionState
    let subscriptions: [UpstreamSubscription]

    /// How the subscriptions to other brokers do, in the order of the configuration.
    public var upstreams: [UpstreamState] { subscriptions.map(\.state) }
}
