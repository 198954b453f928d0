// SPDX-License-Identifier: Apache-2.0

import Logging
import SecureVTP
import ServiceLifecycle
import Telemetry
import UnixSignals
import VTP

/// The broker as a service: runs until it is asked to end, then finishes what is in flight. SIGHUP puts the policy and
/// the certificates of the configuration as it is now in force, here and in the centre's other face.
struct BrokerService: Service {
    let broker: VTPBroker
    /// Protects the ports for TLS; nil if there are none.
    let shield: TLSServerShield?
    let subscriptions: [UpstreamSubscription]
    let face: (any CentreFace)?
    /// One element for each SIGHUP.
    let hangups: UnixSignalsSequence
    /// Reads the configuration again; nil if there is no file.
    let configuration: (@Sendable () throws -> ServerConfiguration)?
    let notifier: ServiceNotifier
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { tasks in
                for subscription in subscriptions {
                    tasks.addTask { await subscription.run() }
                }
                for await _ in hangups { await reload() }
                tasks.cancelAll()
            }
        }
        await broker.shutDown()
    }

    /// Mistakes in the file leave everything as it was.
    private func reload() async {
        guard let configuration else { return logger.notice("there is no configuration file to read again") }
        notifier.reloading()
        do {
            let new = try configuration()
            if let shield, let tls = new.tls, let credentials = tls.credentials {
                try shield.replace(by: credentials, clients: tls.clients)
            }
            await broker.apply(new.policy)
            face?.apply(new)
            logger.notice("lists, limits and certificates of the configuration are in force")
        } catch {
            logger.error("the configuration has mistakes and is not applied", metadata: ["mistakes": "\(error)"])
        }
        notifier.ready()
    }
}
