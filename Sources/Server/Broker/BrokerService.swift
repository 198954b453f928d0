// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import ServiceLifecycle
import Telemetry
import UnixSignals
import VTP

/// The broker as a service: runs until it is asked to end, then finishes what is in flight. SIGHUP puts the policy of
/// the configuration as it is now in force.
struct BrokerService: Service {
    let options: BrokerOptions
    let upstreams: [Upstream]
    let archive: EventArchive
    let eventLoopGroup: any EventLoopGroup
    let logger: Logger
    let notifier: ServiceNotifier
    /// Reads the configuration again; nil if there is no file.
    let configuration: (@Sendable () throws -> ServerConfiguration)?
    /// Called once, when both ports are open.
    let onListening: @Sendable (VTPBroker) -> Void

    func run() async throws {
        // From here on SIGHUP does not end the process.
        let hangups = await UnixSignalsSequence(trapping: .sighup)
        let broker = try await VTPBroker(
            options: options, log: archive, eventLoopGroup: eventLoopGroup, logger: logger)
        onListening(broker)
        let newest = try await archive.newestReception()
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { tasks in
                for upstream in upstreams {
                    let subscription = UpstreamSubscription(
                        upstream, identity: options.identity, broker: broker,
                        maximumEventBytes: options.policy.limits.maximumEventBytes, lastHeard: newest,
                        eventLoopGroup: eventLoopGroup, logger: logger)
                    tasks.addTask { await subscription.run() }
                }
                for await _ in hangups { await reload(broker) }
                tasks.cancelAll()
            }
        }
        await broker.shutDown()
    }

    /// Mistakes in the file leave everything as it was.
    private func reload(_ broker: VTPBroker) async {
        guard let configuration else { return logger.notice("there is no configuration file to read again") }
        notifier.reloading()
        do {
            let new = try configuration()
            await broker.apply(new.policy)
            logger.notice("lists and limits of the configuration are in force")
        } catch {
            logger.error("the configuration has mistakes and is not applied", metadata: ["mistakes": "\(error)"])
        }
        notifier.ready()
    }
}
