// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore

/// What a running agent keeps when its configuration changes.
struct RunningStation: Sendable {
    let outbox: Outbox
    let eventLoopGroup: any EventLoopGroup
    let report: ServiceReport
    let sight: SightWatch
    let unstored: UnstoredAlerts
    let pinBoard: any PinBoard
    /// Counts go on when the configuration changes.
    let deliveryLedger = DeliveryLedger()
    let gaps: GapRecord
    let cameraRecord = CameraRecord()

    /// Observes and delivers with one configuration, until the frames end or `stop` is raised.
    ///
    /// - Throws: `DetectionError` for impossible settings, `PinError` if a GPIO line cannot be taken,
    ///   `CameraError` if a recording cannot be read.
    func run(_ configuration: AgentConfiguration, logger: Logger, until stop: StopFlag) async throws {
        var logger = logger
        if configuration.camera.kind == .v4l2 {
            logger[metadataKey: "camera"] = .string(configuration.camera.device.path)
        }
        let pins = try StationPins(configuration.pins, board: pinBoard, logger: logger, report: report)
        let clock = ClockWatch(pulses: pins.pulses, chrony: ChronyClient(eventLoopGroup: eventLoopGroup))
        let sensors = BoardSensors()
        let campaigns = configuration.forecast.map {
            CampaignWatch($0, store: ForecastStore(besideOutbox: configuration.outbox.directory), logger: logger)
        }
        sight.use(
            logger,
            furtherMetrics: { [cameraRecord, deliveryLedger, gaps] in
                pins.metrics + clock.metrics + cameraRecord.metrics + gaps.metrics + deliveryLedger.metrics()
                    + sensors.metrics + (campaigns?.metrics ?? [])
            })
        let delivery = DeliveryService(
            outbox: outbox, broker: configuration.broker, eventLoopGroup: eventLoopGroup, logger: logger,
            report: report, ledger: deliveryLedger)
        let observation = ObservationService(
            configuration: configuration, outbox: outbox, unstored: unstored, pins: pins, clock: clock,
            logger: logger, report: report, sight: sight, gaps: gaps, cameraRecord: cameraRecord,
            campaigns: campaigns)
        try await withThrowingTaskGroup(of: Void.self) { group in
            let end = StopFlag()
            group.addTask { await delivery.run() }
            group.addTask { await pins.run(until: end) }
            group.addTask { await clock.run() }
            group.addTask { await campaigns?.run() }
            if let port = configuration.metrics.port {
                let endpoint = MetricsEndpoint(
                    port: port, eventLoopGroup: eventLoopGroup, logger: logger, figures: { sight.metricsText })
                group.addTask { await endpoint.run() }
            }
            group.addTask {
                await pins.statusLight?.run {
                    StationState(
                        blindness: sight.blindness, isViewOpen: pins.view.gate.isOpen, waitingEvents: report.waiting)
                }
            }
            defer {
                end.raise()
                group.cancelAll()
            }
            try await observation.run(until: stop)
        }
    }

    /// - Throws: `OutboxError` if alerts found no room to the end.
    func requireEverythingStored() async throws(OutboxError) {
        let lost = await unstored.count
        guard lost > 0 else { return }
        throw OutboxError(
            .inputOutput, place: outbox.directory,
            message: "\(lost) event\(lost == 1 ? "" : "s") could not be stored, the last time when the agent ended",
            remedy: "make room; the journal holds each, and recordings can be searched again")
    }
}
