// SPDX-License-Identifier: Apache-2.0

import NIOCore
import ServiceLifecycle
import Telemetry

/// Feeds the service manager's watchdog as long as the archive and the network threads answer.
///
/// A disk or thread that hangs keeps the question open: nothing is fed then, and the manager restarts the server.
struct WatchdogService: Service {
    let notifier: ServiceNotifier
    let archive: EventArchive
    let eventLoopGroup: any EventLoopGroup

    func run() async throws {
        guard let watchdogSeconds = notifier.watchdogSeconds else {
            try? await gracefulShutdown()
            return
        }
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await archive.awaitWriter()
                for eventLoop in eventLoopGroup.makeIterator() { try? await eventLoop.submit {}.get() }
                notifier.watchdog()
                try? await Task.sleep(for: .seconds(watchdogSeconds / 3))
            }
        }
        notifier.stopping()
    }
}
