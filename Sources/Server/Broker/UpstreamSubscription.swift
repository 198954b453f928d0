// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import Synchronization
import UTC
import VTP

/// Our subscription to another broker: what it sends goes through our broker's rules into our archive.
///
/// An event is acknowledged when it is stored or refused for good. After a break we ask for what we missed, which
/// brokers of our own kind understand.
final class UpstreamSubscription: Sendable {
    /// Two brokers' clocks may differ, and events cross: we ask for the last minutes again, and know what we have.
    private static let overlapSeconds = 300.0
    /// Wait after the archive has failed.
    private static let patience = Duration.seconds(10)

    private let upstream: Upstream
    private let broker: VTPBroker
    private let logger: Logger
    private let subscriber: VTPSubscriber
    private let lastHeard: Mutex<UTCInstant?>

    /// A subscription; nothing is connected yet.
    ///
    /// - Parameters:
    ///   - identity: our name.
    ///   - lastHeard: up to when we have everything; nil for an archive that has nothing.
    init(
        _ upstream: Upstream, identity: String, broker: VTPBroker, maximumEventBytes: Int, lastHeard: UTCInstant?,
        eventLoopGroup: any EventLoopGroup, logger: Logger
    ) {
        var logger = logger
        logger[metadataKey: "upstream"] = "\(upstream.address)"
        self.upstream = upstream
        self.broker = broker
        self.logger = logger
        self.lastHeard = Mutex(lastHeard)
        subscriber = VTPSubscriber(
            options: SubscriberOptions(
                broker: upstream.address, identity: identity, filters: upstream.filters,
                maximumMessageBytes: maximumEventBytes),
            eventLoopGroup: eventLoopGroup, logger: logger)
    }

    /// Follows the other broker until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            do {
                try await subscriber.run(resumeAfter: resumePoint) { event in
                    try await self.broker.relay(event.packet, from: self.upstream.address)
                    self.lastHeard.withLock { $0 = .now() }
                    return .goOn
                }
            } catch {
                guard error.code != .cancelled else { return }
                logger.error("an event from upstream is not stored", metadata: ["reason": "\(error)"])
                try? await Task.sleep(for: Self.patience)
            }
        }
    }

    @Sendable private func resumePoint() -> ResumePoint? {
        lastHeard.withLock { $0 }.map { .time($0.advanced(bySeconds: -Self.overlapSeconds)) }
    }
}
