// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import NIOPosix

/// Opens ports and takes up the connections that may come in.
struct BrokerListener: Sendable {
    /// Who is at the other end of a connection.
    struct Peer: Sendable {
        /// `address:port`, for the log.
        let name: String
        let address: IPAddress?
        /// What the shield has learnt of it; nil on a plain connection.
        let key: EventLoopFuture<[UInt8]?>?

        init(_ address: SocketAddress?, key: EventLoopFuture<[UInt8]?>? = nil) {
            name = VTPAddress(host: address?.ipAddress ?? "unknown", port: address?.port ?? 0).description
            self.address = IPAddress(address)
            self.key = key
        }
    }

    /// Gives a new connection its handlers.
    typealias Furnishing = @Sendable (ChannelPipeline.SynchronousOperations, Peer, Logger) throws -> Void

    /// Connections that may wait to be accepted.
    private static let backlog: Int32 = 256

    let registry: ConnectionRegistry
    let eventLoopGroup: any EventLoopGroup
    let logger: Logger
    /// Bytes that wait for a peer before it is passed over.
    var waterMark = ChannelOptions.Types.WriteBufferWaterMark(low: 32 << 10, high: 64 << 10)
    let furnish: Furnishing

    /// Opens one port.
    ///
    /// - Throws: `cannotListen`.
    func listen(on address: VTPAddress, shield: (any ConnectionShield)?) async throws(VTPError) -> any Channel {
        do {
            return try await ServerBootstrap(group: eventLoopGroup)
                .serverChannelOption(.backlog, value: Self.backlog)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.allowRemoteHalfClosure, value: true)
                .childChannelOption(.writeBufferWaterMark, value: waterMark)
                .childChannelInitializer { take($0, shield: shield) }
                .bind(host: address.host, port: address.port)
                .get()
        } catch {
            throw VTPError(
                .cannotListen, place: address.description, message: "cannot listen: \(connectionFailure(error))",
                remedy: "choose another port for \(registry.kind.rawValue), or stop the program that uses this one")
        }
    }

    private func take(_ channel: any Channel, shield: (any ConnectionShield)?) -> EventLoopFuture<Void> {
        let remote = channel.remoteAddress
        let stranger = Peer(remote)
        if let objection = registry.admit(channel, from: stranger.address) {
            logger.warning("turned away", metadata: ["peer": "\(stranger.name)", "reason": "\(objection)"])
            return channel.close()
        }
        var connectionLogger = logger
        connectionLogger[metadataKey: "peer"] = "\(stranger.name)"
        return channel.eventLoop.makeCompletedFuture { [connectionLogger] in
            let peer = Peer(remote, key: try shield?.protect(channel, host: nil))
            try furnish(channel.pipeline.syncOperations, peer, connectionLogger)
        }
    }
}
