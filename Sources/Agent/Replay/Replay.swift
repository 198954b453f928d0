// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection
import Glibc
import NIOPosix
import UTC

/// The agent's pipeline over recordings: what `psws-agent replay` does.
public struct Replay: Sendable {
    /// What is replayed, and what becomes of the events.
    public struct Options: Sendable {
        /// One recording, several FITS images, or `-` for YUV4MPEG2 on standard input.
        public var paths: [String]
        /// Station, site and settings; `AgentConfiguration.standard` without a file.
        public var configuration: AgentConfiguration
        /// False if `configuration` came from nobody, so that site and station are unknown.
        public var isConfigured: Bool
        /// Time of the first frame, in place of what the recording says.
        public var start: UTCInstant?
        /// Rate for a recording that does not show its own.
        public var framesPerSecond: Double?
        /// Directory for the evidence of every alert; nil for none.
        public var evidenceDirectory: String?
        /// Broker that gets the alerts; nil sends nothing.
        public var broker: BrokerConfiguration?
        /// Outbox for the alerts on their way to the broker.
        public var outboxDirectory: String
        /// Seconds that the broker is given, after the last frame, to take what is in the outbox.
        public var deliverySeconds: Double = 60

        /// A replay that only finds events.
        public init(paths: [String], configuration: AgentConfiguration, isConfigured: Bool) {
            self.paths = paths
            self.configuration = configuration
            self.isConfigured = isConfigured
            outboxDirectory = isConfigured ? configuration.outbox.directory : "psws-outbox"
        }
    }

    /// What a replay came to.
    public struct Outcome: Sendable {
        /// Counts for the last line.
        public var summary: ReplaySummary
        /// What went wrong, a sentence each; empty if all is well.
        public var failures: [String]
    }

    private let options: Options

    /// A replay that has not begun.
    public init(_ options: Options) {
        self.options = options
    }

    /// Runs to the end of the recording, and until the broker has what it should have.
    ///
    /// - Parameters:
    ///   - line: gets each event as soon as it is complete.
    ///   - remark: gets what the operator should know meanwhile.
    /// - Throws: `CameraError` if the recording cannot be opened, `DetectionError` for impossible settings,
    ///   `OutboxError`. A recording that breaks off does not throw: its events come first, then it is a failure.
    public func run(
        line: @escaping @Sendable (ReplayLine) -> Void, remark: @escaping @Sendable (String) -> Void
    ) async throws -> Outcome {
        let outbox: Outbox? =
            options.broker == nil
            ? nil : try Outbox.open(options.outboxDirectory, limits: options.configuration.outbox.limits)
        for notice in outbox?.recoveryNotices ?? [] { remark("outbox: \(notice)") }
        let failures = SentenceList()
        let result = try await search(into: outbox, line: line, remark: remark, failures: failures)
        if let failure = result.failure { failures.add("\(failure)") }
        if let outbox, let broker = options.broker {
            try await deliver(outbox, to: broker, remark: remark, failures: failures)
        }
        var summary = ReplaySummary()
        summary.frames = result.counts.frames
        summary.dropped = result.counts.dropped
        summary.events = result.counts.events
        summary.detector = result.detector
        for sentence in SightWords.findings(result.detector) { remark(sentence) }
        summary.processorSeconds = processorSeconds()
        return Outcome(summary: summary, failures: failures.sentences)
    }

    /// Searches the recording; an alert that cannot be stored is a failure, and the next one is tried.
    private func search(
        into outbox: Outbox?, line: @escaping @Sendable (ReplayLine) -> Void,
        remark: @escaping @Sendable (String) -> Void, failures: SentenceList
    ) async throws -> ObservationRun.Outcome {
        let options = options
        let publishing = LatePublisher()
        let run = ObservationRun(
            open: { () throws(CameraError) in
                try Recordings.open(
                    paths: options.paths, start: options.start,
                    framesPerSecond: options.framesPerSecond ?? options.configuration.camera.framesPerSecond)
            },
            detectorConfiguration: {
                DetectorConfiguration(
                    target: options.configuration.target, settings: options.configuration.detection, source: $0)
            },
            interpreter: {
                EventInterpreter(
                    configuration: options.configuration, source: $0, hasSite: options.isConfigured)
            }, evidenceLimits: options.configuration.evidence.limits,
            shutter: { RollingShutter.of(options.configuration.camera, source: $0) })
        let threadPool = NIOThreadPool(numberOfThreads: 1)
        threadPool.start()
        let result: Result<ObservationRun.Outcome, any Error>
        do {
            result = .success(
                try await run.run(
                    until: StopFlag(), threadPool: threadPool,
                    opened: { source in
                        for notice in source.notices { remark("\(source.name): \(notice)") }
                        if source.framesPerSecond == nil {
                            remark("\(source.name): says no frame rate, taken as 25 a second")
                        }
                        let context = ObservationContext(
                            configuration: options.configuration, source: source, hasSite: options.isConfigured)
                        publishing.set(
                            EventPublisher(context: context, destination: .of(outbox, options.evidenceDirectory)))
                    }
                ) { evidence in
                    var ivorn: String?
                    if evidence.event.isAlert, let publisher = publishing.publisher, options.authorsEvents {
                        ivorn = await publish(evidence, by: publisher, remark: remark, failures: failures)
                    }
                    line(ReplayLine(evidence.event, ivorn: ivorn, meaning: evidence.meaning))
                })
        } catch {
            result = .failure(error)
        }
        try? await threadPool.shutdownGracefully()
        return try result.get()
    }

    /// Publishes an alert; gives its ivorn.
    private func publish(
        _ evidence: Evidence, by publisher: EventPublisher, remark: @Sendable (String) -> Void, failures: SentenceList
    ) async -> String? {
        do {
            let publication = try await publisher.publish(evidence, clock: nil, now: .now())
            for text in publication.remarks { remark("\(publication.name): \(text)") }
            for text in publication.failures { failures.add("\(publication.name): \(text)") }
            return publication.ivorn
        } catch {
            failures.add("\(publisher.name(of: evidence.event)): the event could not be stored: \(error)")
            return nil
        }
    }

    /// Gives the broker its time to take what is in the outbox.
    private func deliver(
        _ outbox: Outbox, to broker: BrokerConfiguration, remark: @escaping @Sendable (String) -> Void,
        failures: SentenceList
    ) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let delivery = OutboxDelivery(
            outbox: outbox, submitter: VTPSubmitter(configuration: broker, eventLoopGroup: group),
            backoff: broker.retry, clock: ContinuousClock(), generator: SystemRandomNumberGenerator(),
            report: { progress in
                remark(progress.sentence)
                if case .refused(let entry, let reasons) = progress {
                    failures.add("\(entry.ivorn) was refused: \(reasons.joined(separator: "; "))")
                }
            })
        let left = await OutboxDrain(outbox: outbox).run(delivery, seconds: options.deliverySeconds)
        try? await group.shutdownGracefully()
        let count = try left.get()
        if count > 0 {
            failures.add(
                "\(count) event\(count == 1 ? "" : "s") could not be sent to \(broker.host):\(broker.port) and "
                    + "\(count == 1 ? "waits" : "wait") in \(outbox.directory) "
                    + "(the next replay with --submit, or the service, sends \(count == 1 ? "it" : "them"))")
        }
    }
}

extension Replay.Options {
    /// True if a VOEvent is made of an alert: where it would go nowhere and nobody is named, none is.
    fileprivate var authorsEvents: Bool { isConfigured || broker != nil || evidenceDirectory != nil }
}

extension EventPublisher.Destination {
    /// Where a replay's alerts go.
    fileprivate static func of(_ outbox: Outbox?, _ directory: String?) -> EventPublisher.Destination {
        switch (outbox, directory) {
        case (let outbox?, let directory?): .both(outbox, directory: directory)
        case (let outbox?, nil): .outbox(outbox)
        case (nil, let directory?): .directory(directory)
        case (nil, nil): .nowhere
        }
    }
}

/// Processor time of this process so far, in seconds.
private func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
