// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix

/// Finds out whether a broker's submit port can be reached, without submitting anything.
///
/// VTP has no greeting: a broker waits for the author to speak. One that does not know the author's address may close
/// the connection at once, as Comet does, and that is told apart.
public struct BrokerProbe: Sendable {
    /// What a broker did.
    public enum Answer: Sendable, Hashable {
        /// It waits for an event; with its address as the name server gave it.
        case open(address: String?)
        /// It closed the connection without having been asked anything.
        case turnedAway
    }

    private let broker: VTPAddress
    private let connectTimeoutSeconds: Int
    private let patience: TimeAmount
    private let eventLoopGroup: any EventLoopGroup

    /// A probe; nothing is connected yet.
    ///
    /// - Parameters:
    ///   - broker: the broker's submit port.
    ///   - connectTimeoutSeconds: time for the connection to be made.
    ///   - patience: time for the broker to turn the author away.
    ///   - eventLoopGroup: where the network work runs; the caller owns it.
    public init(
        broker: VTPAddress, connectTimeoutSeconds: Int = 10, patience: TimeAmount = .seconds(1),
        eventLoopGroup: any EventLoopGroup
    ) {
        self.broker = broker
        self.connectTimeoutSeconds = connectTimeoutSeconds
        self.patience = patience
        self.eventLoopGroup = eventLoopGroup
    }

    /// Connects, waits, and ends the connection.
    ///
    /// - Throws: `VTPError` if there is no connection.
    public func run() async throws(VTPError) -> Answer {
        do {
            let channel = try await ClientBootstrap(group: eventLoopGroup)
                .connectTimeout(.seconds(Int64(connectTimeoutSeconds)))
                .connect(host: broker.host, port: broker.port)
                .get()
            let address = channel.remoteAddress?.ipAddress
            let isOurs = channel.eventLoop.makePromise(of: Bool.self)
            let ending = channel.eventLoop.scheduleTask(in: patience) { isOurs.succeed(true) }
            channel.closeFuture.whenComplete { _ in
                ending.cancel()
                isOurs.succeed(false)
            }
            let staysOpen = try await isOurs.futureResult.get()
            channel.close(promise: nil)
            return staysOpen ? .open(address: address) : .turnedAway
        } catch {
            throw VTPError(
                .cannotConnect, place: broker.description, message: "no connection: \(connectionFailure(error))",
                remedy: "check the address and that the broker runs")
        }
    }
}
