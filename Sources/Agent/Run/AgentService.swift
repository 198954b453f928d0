// SPDX-License-Identifier: Apache-2.0

import Glibc
import Logging
import NIOPosix
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
        let signals = await TerminationSignals()
        notifier.ready()
        logger.info("psws-agent \(AgentVersion.number) watches \(configuration.target.rawValue)")
        let result: Result<Void, any Error>
        do {
            result = .success(try await run(observation, delivery, until: signals))
        } catch {
            result = .failure(error)
        }
        notifier.stopping()
        try? await group.shutdownGracefully()
        try result.get()
    }

    /// Observes until the frames end or a signal comes; delivers as long as it observes.
    private func run(
        _ observation: ObservationService, _ delivery: DeliveryService, until signals: TerminationSignals
    ) async throws {
        let stop = StopFlag()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await delivery.run() }
            group.addTask {
                for await number in signals.stream {
                    // A pipe that nobody writes to lets nothing go: who asks twice does not want to wait for it. What
                    // is in the outbox is safe.
                    if stop.isRaised { _exit(128 + number) }
                    logger.info("signal \(number): ending; a second one ends at once")
                    stop.raise()
                }
            }
            defer { group.cancelAll() }
            try await observation.run(until: stop)
        }
    }
}
