// SPDX-License-Identifier: Apache-2.0

import Glibc
import NIOCore
import NIOPosix

/// One broker under one load: authors without a pause, subscribers that take everything or nothing.
public struct BrokerTrial: Sendable {
    /// What was measured.
    public struct Figures: Sendable {
        /// Events that the broker has acknowledged.
        public var accepted = 0
        /// Events that it refused, or left without an answer.
        public var unaccepted = 0
        /// Time of the submissions, in seconds.
        public var seconds = 0.0
        /// Events that arrived at subscribers, each at each.
        public var deliveries = 0
        /// Time from the first submission to the last delivery, in seconds.
        public var deliverySeconds = 0.0
        /// CPU time of the broker up to the last delivery, in seconds.
        public var brokerSeconds = 0.0
        /// CPU time of the generator in the same time, in seconds.
        public var generatorSeconds = 0.0
        /// Largest resident memory of the broker, in megabytes.
        public var peakMegabytes = 0.0
        /// Resident memory of the broker after each tenth of the deliveries; only where `maximumEvents` says how many
        /// there will be.
        public var memory: [MemorySample] = []
        /// From submission to acknowledgement.
        public var acknowledgement = LatencyHistogram()
        /// From submission to delivery.
        public var delivery = LatencyHistogram()
        /// Subscribers that do not read and are still connected at the end.
        public var stalledConnected = 0
    }

    /// How much memory the broker had at one moment.
    public struct MemorySample: Sendable {
        /// Events that had arrived at subscribers by then, each at each.
        public let deliveries: Int
        /// Resident memory, in megabytes.
        public let megabytes: Double
    }

    /// Authors that wait for an answer at a time.
    public var inFlight = 1
    /// True if an author submits all its events on one connection, which Comet does not serve.
    public var keepsConnection = false
    /// Subscribers that take and acknowledge everything.
    public var subscribers = 1
    /// Subscribers that never read.
    public var stalled = 0
    /// Size of an event, in bytes.
    public var eventBytes = 2376
    /// How long is submitted, in seconds; ends earlier at `maximumEvents`.
    public var seconds = 5.0
    /// How many events are submitted at most.
    public var maximumEvents = Int.max

    /// A trial with one author and one subscriber.
    public init() {}

    /// Runs the trial on a broker that has just been started.
    ///
    /// - Parameters:
    ///   - broker: the broker; it is left running.
    ///   - eventLoopGroup: threads of the generator.
    public func run(on broker: BrokerProcess, eventLoopGroup: any EventLoopGroup) async throws -> Figures {
        let clock = ContinuousClock()
        let packet = LoadPacket(byteCount: eventBytes, run: "load")
        let crowd = try await SubscriberCrowd(
            broker: broker.subscribe, count: subscribers, packet: packet, eventLoopGroup: eventLoopGroup)
        let idle = try await SubscriberCrowd(
            broker: broker.subscribe, count: stalled, packet: packet, reads: false, eventLoopGroup: eventLoopGroup)
        while try await crowd.greeted() < subscribers { try await Task.sleep(for: .milliseconds(20)) }
        let load = try await AuthorLoad(
            broker: broker.submit, packet: packet, inFlight: inFlight, keepsConnection: keepsConnection,
            eventLoopGroup: eventLoopGroup)

        var figures = Figures()
        let (brokerBefore, ownBefore) = (try broker.cpuSeconds(), Self.ownCPUSeconds())
        let began = clock.now
        try await load.start()
        while Self.seconds(clock.now - began) < seconds {
            if let wanted = wantedDeliveries {
                let count = try await crowd.deliveries()
                if count * 10 >= wanted * (figures.memory.count + 1) {
                    figures.memory.append(MemorySample(deliveries: count, megabytes: try broker.residentMegabytes()))
                }
                if count >= wanted { break }
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        let outcome = try await load.stop()
        figures.seconds = Self.seconds(clock.now - began)
        figures.accepted = outcome.accepted
        figures.unaccepted = outcome.refused + outcome.failed
        figures.acknowledgement = outcome.latencies
        figures.deliveries = try await awaitDeliveries(outcome.accepted * subscribers, crowd, clock)
        figures.deliverySeconds = Self.seconds(clock.now - began)
        figures.brokerSeconds = try broker.cpuSeconds() - brokerBefore
        figures.generatorSeconds = Self.ownCPUSeconds() - ownBefore
        figures.delivery = try await crowd.outcome().latencies
        figures.peakMegabytes = try broker.peakMegabytes()
        figures.stalledConnected = idle.connected
        await crowd.close()
        await idle.close()
        return figures
    }

    /// Deliveries after which the submissions end; nil if time alone ends them.
    private var wantedDeliveries: Int? { maximumEvents < .max ? maximumEvents * max(subscribers, 1) : nil }

    /// Waits until everything has arrived, or nothing arrives any more.
    private func awaitDeliveries(_ wanted: Int, _ crowd: SubscriberCrowd, _ clock: ContinuousClock) async throws -> Int
    {
        var (count, changed) = (try await crowd.deliveries(), clock.now)
        while count < wanted, Self.seconds(clock.now - changed) < 5 {
            try await Task.sleep(for: .milliseconds(5))
            let now = try await crowd.deliveries()
            if now > count { (count, changed) = (now, clock.now) }
        }
        return count
    }

    private static func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }

    /// CPU time of this process, in seconds.
    private static func ownCPUSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
