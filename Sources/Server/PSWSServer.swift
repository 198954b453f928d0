// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
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

    /// A server; nothing is opened yet.
    public init(configuration: ServerConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
    }

    /// Serves until the process gets SIGTERM or SIGINT, then ends cleanly.
    ///
    /// - Parameter onListening: called once, when all ports are open.
    /// - Throws: `ServerError` or `VTPError`, if the server cannot start or its archive cannot be closed.
    public func run(onListening: @escaping @Sendable (Places) -> Void) async throws {
        let directory = try DataDirectory(path: configuration.dataDirectory)
        let archive = try EventArchive(in: directory)
        let broker = BrokerService(
            options: configuration.brokerOptions, archive: archive,
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger
        ) { broker in
            onListening(
                Places(
                    submit: broker.submitAddress, subscribe: broker.subscribeAddress,
                    archive: directory.file(EventArchive.fileName)))
        }
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: broker)], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
        try archive.close()
    }
}
