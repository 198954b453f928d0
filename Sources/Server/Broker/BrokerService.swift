// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import ServiceLifecycle
import VTP

/// The broker as a service: runs until it is asked to end, then finishes what is in flight.
struct BrokerService: Service {
    let options: BrokerOptions
    let archive: EventArchive
    let eventLoopGroup: any EventLoopGroup
    let logger: Logger
    /// Called once, when both ports are open.
    let onListening: @Sendable (VTPBroker) -> Void

    func run() async throws {
        let broker = try await VTPBroker(
            options: options, log: archive, eventLoopGroup: eventLoopGroup, logger: logger)
        onListening(broker)
        try? await gracefulShutdown()
        await broker.shutDown()
    }
}
