// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import NIOPosix
import SecureVTP
import ServiceLifecycle
import Telemetry
import UTC
import UnixSignals
import VTP

/// The centre: the broker and its archive.
public struct PSWSServer: Sendable {
    /// Where a running server can be found.
    public struct Places: Sendable {
        /// Where authors and subscribers connect, with the real ports.
        public let entrances: [BrokerEntrance]
        /// Where the centre's other face is reached, with the real port; nil if it has none.
        public let face: VTPAddress?
        /// Path of the archive.
        public let archive: String
    }

    private let configuration: ServerConfiguration
    private let logger: Logger
    private let notifier: ServiceNotifier
    private let readAgain: (@Sendable () throws -> ServerConfiguration)?
    private let makeFace: (@Sendable (Centre) throws -> any CentreFace)?

    /// A server; nothing is opened yet.
    ///
    /// - Parameters:
    ///   - configuration: what to do.
    ///   - logger: told of connections and events.
    ///   - notifier: the service manager.
    ///   - readAgain: reads the configuration as it is at the time, at each SIGHUP; nil if there is none to be read.
    ///   - face: makes another way in which the centre is served to the world; nil if there is none.
    public init(
        configuration: ServerConfiguration, logger: Logger, notifier: ServiceNotifier = ServiceNotifier(),
        readAgain: (@Sendable () throws -> ServerConfiguration)? = nil,
        face: (@Sendable (Centre) throws -> any CentreFace)? = nil
    ) {
        makeFace = face
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
        // From here on SIGHUP does not end the process.
        let hangups = await UnixSignalsSequence(trapping: .sighup)
        let shield = try configuration.tls.flatMap { tls in
            try tls.credentials.map { try TLSServerShield($0, clients: tls.clients) }
        }
        let broker = try await VTPBroker(
            options: configuration.brokerOptions(shield: shield), log: archive, eventLoopGroup: eventLoopGroup,
            logger: logger)
        let newest = try await archive.newestReception()
        let subscriptions = try configuration.upstreams.map { upstream in
            try UpstreamSubscription(
                upstream, identity: configuration.identity, broker: broker,
                maximumEventBytes: configuration.policy.limits.maximumEventBytes, lastHeard: newest,
                eventLoopGroup: eventLoopGroup, logger: logger)
        }
        let predictions = PredictionState()
        let face = try makeFace?(
            Centre(
                configuration: configuration, archive: archive, broker: broker, started: .now(),
                eventLoopGroup: eventLoopGroup, logger: logger, predictions: predictions,
                subscriptions: subscriptions))
        let announce = { @Sendable [notifier] (face: VTPAddress?) in
            notifier.ready()
            notifier.status("authors on \(broker.submitAddress), subscribers on \(broker.subscribeAddress)")
            onListening(
                Places(
                    entrances: broker.entrances, face: face,
                    archive: directory.file(EventArchive.fileName)))
        }
        // The last is shut down first: what others give to the broker comes before the broker ends.
        var services: [any Service] = [
            BrokerService(
                broker: broker, shield: shield, subscriptions: subscriptions, face: face, hangups: hangups,
                configuration: readAgain,
                notifier: notifier, logger: logger),
            WatchdogService(notifier: notifier, archive: archive, eventLoopGroup: eventLoopGroup),
            RetentionService(
                archive: archive, retentionSeconds: configuration.retentionSeconds, logger: logger),
            HeartbeatService(
                broker: broker, identity: configuration.identity, intervalSeconds: configuration.heartbeatSeconds,
                logger: logger),
            FaceService(face: face, onListening: announce),
        ]
        if let wanted = configuration.predictions {
            services.append(
                PredictionService(
                    rounds: try PredictionRounds(configuration, wanted, broker: BrokerPublishing(broker: broker)),
                    intervalSeconds: wanted.intervalSeconds, state: predictions, logger: logger))
        }
        let group = ServiceGroup(
            configuration: .init(
                services: services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger))
        try await group.run()
        try archive.close()
    }
}
