// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOPosix
import ServiceLifecycle
import Telemetry

/// The agent as a service: camera → detection → VOEvent → outbox → broker, until it is told to stop.
public struct AgentService: Sendable {
    private let configuration: AgentConfiguration
    private let logger: Logger
    private let notifier: ServiceNotifier

    /// A service that does not run yet.
    ///
    /// - Parameters:
    ///   - configuration: who, where, what and how.
    ///   - logger: the journal.
    ///   - notifier: the service manager.
    public init(configuration: AgentConfiguration, logger: Logger, notifier: ServiceNotifier = ServiceNotifier()) {
        self.configuration = configuration
        self.logger = logger
        self.notifier = notifier
    }

    /// Runs until SIGTERM or SIGINT. With recordings or a simulated scene it ends by itself, after the last frame,
    /// when the broker has the events or was given a minute to take them.
    ///
    /// - Throws: `OutboxError` if the outbox cannot be used, `DetectionError` for impossible settings, `CameraError`
    ///   if a recording cannot be read. A camera that is not there is no reason to end: it is waited for.
    public func run() async throws {
        let outbox = try Outbox.open(configuration.outbox.directory, limits: configuration.outbox.limits)
        for notice in outbox.recoveryNotices { logger.warning("outbox: \(notice)") }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let delivery = DeliveryService(
            outbox: outbox, broker: configuration.broker, eventLoopGroup: group, logger: logger)
        let observation = ObservationService(
            configuration: configuration, outbox: outbox, logger: logger, notifier: notifier)
        let services = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [
                    .init(service: delivery),
                    .init(service: observation, successTerminationBehavior: .gracefullyShutdownGroup),
                ], gracefulShutdownSignals: [.sigterm, .sigint], logger: quietLogger))
        notifier.ready()
        logger.info("psws-agent \(AgentVersion.number) watches \(configuration.target.rawValue)")
        defer { notifier.stopping() }
        do {
            try await services.run()
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
        try? await group.shutdownGracefully()
    }

    /// The library's own lines about services say nothing to an operator.
    private var quietLogger: Logger {
        var logger = logger
        logger.logLevel = max(logger.logLevel, .warning)
        return logger
    }
}
