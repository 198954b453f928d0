// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore

/// Sends what waits in the outbox for as long as the agent runs.
struct DeliveryService: Sendable {
    let outbox: Outbox
    let broker: BrokerConfiguration
    let eventLoopGroup: any EventLoopGroup
    let logger: Logger
    let report: ServiceReport
    let ledger: DeliveryLedger

    /// Seconds between looks at how many events wait.
    private static let countingIntervalSeconds = 5.0
    /// Seconds that the outbox may take for one answer; it commits an event with its evidence meanwhile.
    private static let outboxPatienceSeconds = 60.0

    /// Delivers until the task is cancelled.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await count() }
            await deliver()
            group.cancelAll()
        }
        report.release(.outbox)
    }

    private func deliver() async {
        let logger = logger
        let submitter = VTPSubmitter(configuration: broker, eventLoopGroup: eventLoopGroup)
        // What the timeouts leave open, above all the name server, takes no longer than they do.
        let patienceSeconds = 2 * (broker.connectTimeoutSeconds + broker.answerTimeoutSeconds) + 30
        let delivery = OutboxDelivery(
            outbox: outbox,
            submitter: WatchedSubmitter(submitter: submitter, report: report, patienceSeconds: patienceSeconds),
            backoff: broker.retry, clock: ContinuousClock(), generator: SystemRandomNumberGenerator(),
            report: { [ledger] progress in
                ledger.take(progress)
                var logger = logger
                logger[metadataKey: "event"] = progress.ivorn.map { .string($0) }
                switch progress {
                case .delivered: logger.info("\(progress.sentence)")
                case .refused: logger.error("\(progress.sentence)")
                case .delayed, .failed: logger.warning("\(progress.sentence)")
                }
            })
        await delivery.run()
    }

    /// Counts what waits. Whoever uses the outbox waits in the same queue: if this gets through, all do.
    private func count() async {
        while !Task.isCancelled {
            report.promise(.outbox, within: Self.outboxPatienceSeconds)
            // A disk that answers with an error answers.
            if let waiting = try? await outbox.entryNames(.pending), let parked = try? await outbox.entryNames(.parked)
            {
                report.say { $0.waiting = waiting.count }
                ledger.count(waiting: waiting.count, oldest: waiting.first?.time, parked: parked.count)
            }
            try? await Task.sleep(for: .seconds(Self.countingIntervalSeconds))
        }
    }
}

/// Submits for another, whose answer it promises in time.
private struct WatchedSubmitter: EventSubmitter {
    let submitter: any EventSubmitter
    let report: ServiceReport
    let patienceSeconds: Double

    func submit(_ packet: [UInt8], ivorn: String) async throws(DeliveryFailure) -> DeliveryAnswer {
        report.promise(.delivery, within: patienceSeconds)
        defer { report.release(.delivery) }
        return try await submitter.submit(packet, ivorn: ivorn)
    }
}
