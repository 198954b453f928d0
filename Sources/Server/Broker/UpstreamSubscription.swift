// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import SecureVTP
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
    private let present: Mutex<UpstreamState>

    /// A subscription; nothing is connected yet.
    ///
    /// - Parameters:
    ///   - identity: our name.
    ///   - lastHeard: up to when we have everything; nil for an archive that has nothing.
    /// - Throws: `badCertificate`.
    init(
        _ upstream: Upstream, identity: String, broker: VTPBroker, maximumEventBytes: Int, lastHeard: UTCInstant?,
        eventLoopGroup: any EventLoopGroup, logger: Logger
    ) throws(VTPError) {
        var logger = logger
        logger[metadataKey: "upstream"] = "\(upstream.address)"
        self.upstream = upstream
        self.broker = broker
        self.logger = logger
        self.lastHeard = Mutex(lastHeard)
        present = Mutex(UpstreamState(address: upstream.address))
        subscriber = VTPSubscriber(
            options: SubscriberOptions(
                broker: upstream.address, identity: identity, filters: upstream.filters,
                maximumMessageBytes: maximumEventBytes),
            shield: try upstream.trust.map { trust throws(VTPError) in try TLSClientShield(trust: trust) },
            eventLoopGroup: eventLoopGroup, logger: logger)
    }

    /// How it does at the moment.
    var state: UpstreamState { present.withLock { $0 } }

    /// Follows the other broker until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            do {
                try await subscriber.run(
                    resumeAfter: resumePoint,
                    onReady: { _ in self.present.withLock { $0.isConnected = true } },
                    onLost: { _ in self.present.withLock { $0.isConnected = false } }
                ) { event in
                    try await self.broker.relay(event.packet, from: self.upstream.address)
                    let now = UTCInstant.now()
                    self.lastHeard.withLock { $0 = now }
                    self.present.withLock { $0.lastEvent = now }
                    return .goOn
                }
            } catch {
                present.withLock { $0.isConnected = false }
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
