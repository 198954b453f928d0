// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Telemetry
import VTP

/// The centre: the broker and its archive.
public struct PSWSServer: Sendable {
    /// Where a running server can be found.
    public struct Places: Sendable, Hashable {
        /// Where authors connect, with the real port.
        public let submit: VTPAddress
        /// Where subscribers connect, with the real port.
        public let subscribe: VTPAddress
        /// Path of the archive.
        public let archive: String
    }

    private let configuration: ServerConfiguration
    private let logger: Logger
    private let notifier: ServiceNotifier
    private let readAgain: (@Sendable () throws -> ServerConfiguration)?

    /// A server; nothing is opened yet.
    ///
    /// - Parameters:
    ///   - configuration: what to do.
    ///   - logger: told of connections and events.
    ///   - notifier: the service manager.
    ///   - readAgain: reads the configuration as it is at the time, at each SIGHUP; nil if there is none to be read.
    public init(
        configuration: ServerConfiguration, logger: Logger, notifier: ServiceNotifier = ServiceNotifier(),
        readAgain: (@Sendable () throws -> ServerConfiguration)? = nil
    ) {
        self.readAgain = readAgain
        self.configuration = configuration
        self.logger = logger
        self.notifier = notifier
    }

    /// Serves until the process gets SIGTERM or SIGINT, then ends cleanly.
    ///
    /// - Parameter onListening: called once, when all ports are open.
    /// - Throws: `ServerError` or `VTPError`, if the server cannot start or its archive cannot be closed.
    public func run(onListening: @escaping @Sendable (Places) -> Void) async throws {
        let directory = try DataDirectory(path: configuration.dataDirectory)
        let archive = try EventArchive(in: directory)
        let eventLoopGroup = MultiThreadedEventLoopGroup.singleton
        let notifier = notifier
        let broker = BrokerService(
            options: configuration.brokerOptions, upstreams: configuration.upstreams, archive: archive,
            eventLoopGroup: eventLoopGroup, logger: logger,
            notifier: notifier, configuration: readAgain
        ) { broker in
            notifier.ready()
            notifier.status("authors on \(broker.submitAddress), subscribers on \(broker.subscribeAddress)")
            onListening(
                Places(
                    submit: broker.submitAddress, subscribe: broker.subscribeAddress,
                    archive: directory.file(EventArchive.fileName)))
        }
        let watchdog = WatchdogService(notifier: notifier, archive: archive, eventLoopGroup: eventLoopGroup)
        let retention = RetentionService(
            archive: archive, retentionSeconds: configuration.retentionSeconds, logger: logger)
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: broker), .init(service: watchdog), .init(service: retention)],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
        try archive.close()
    }
}
