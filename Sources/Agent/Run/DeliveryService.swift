// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore

/// Sends what waits in the outbox for as long as the agent runs.
struct DeliveryService: Sendable {
    let outbox: Outbox
    let broker: BrokerConfiguration
    let eventLoopGroup: any EventLoopGroup
    let logger: Logger

    /// Delivers until the task is cancelled.
    func run() async {
        let logger = logger
        let delivery = OutboxDelivery(
            outbox: outbox, submitter: VTPSubmitter(configuration: broker, eventLoopGroup: eventLoopGroup),
            backoff: broker.retry, clock: ContinuousClock(), generator: SystemRandomNumberGenerator(),
            report: { progress in
                switch progress {
                case .delivered: logger.info("\(progress.sentence)")
                case .refused: logger.error("\(progress.sentence)")
                case .delayed, .failed: logger.warning("\(progress.sentence)")
                }
            })
        await delivery.run()
    }
}
