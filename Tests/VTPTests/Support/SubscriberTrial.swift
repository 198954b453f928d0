// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import NIOPosix
import Synchronization
import VTPTrials
import XML

@testable import VTP

/// A subscriber's connection in virtual time, over a log that answers when the test says so.
final class SubscriberTrial {
    /// What the connection has asked of the log, in order.
    private final class Desk: Sendable {
        struct Question: Sendable {
            let position: EventSequence
            let filters: [XPathFilter]
            let answer: EventLoopPromise<EventBatch?>
        }
        let questions = Mutex<[Question]>([])
        let searches = Mutex<[(point: ResumePoint, answer: EventLoopPromise<EventSequence>)]>([])
    }

    let peer: EmbeddedPeer
    let court = FilterCourt(threads: NIOThreadPool(numberOfThreads: 1), maximumDuration: .seconds(10))
    /// The log: event `n` has place `n`.
    private(set) var log: [StoredEvent] = []
    private let desk = Desk()
    private let handler: BroadcasterHandler

    /// A connection that has just been made, to a broker whose log has `stored` events.
    init(stored: Int = 0, limits: BrokerLimits = BrokerLimits(), head: [any ChannelHandler] = []) throws {
        let desk = desk
        let next = EventSequence(stored + 1)
        handler = BroadcasterHandler(
            identity: "ivo://broker/x", policy: PolicyInForce(BrokerPolicy(limits: limits)),
            service: SubscriberService(
                nextSequence: { next },
                read: { position, filters, eventLoop in
                    let answer = eventLoop.makePromise(of: EventBatch?.self)
                    desk.questions.withLock { $0.append(.init(position: position, filters: filters, answer: answer)) }
                    return answer.futureResult
                },
                find: { point, eventLoop in
                    let answer = eventLoop.makePromise(of: EventSequence.self)
                    desk.searches.withLock { $0.append((point, answer)) }
                    return answer.futureResult
                }, court: court, groups: SubscriberGroups(eventLoops: [])), logger: Logger(label: "test"))
        peer = try EmbeddedPeer([handler], maximumBytes: 1 << 16, head: head)
        for _ in 0..<stored { store() }
    }

    /// A connection that has been greeted and has answered with these filters.
    static func answered(
        filters: [String] = [], stored: Int = 0, limits: BrokerLimits = BrokerLimits()
    ) throws -> SubscriberTrial {
        let trial = try SubscriberTrial(stored: stored, limits: limits)
        _ = try trial.peer.receiveTransport()
        try trial.authenticate(filters)
        return trial
    }

    func authenticate(_ filters: [String] = [], resumeAfter: String? = nil, name: String? = "ivo://sub/y") throws {
        var parameters = filters.map { TransportMessage.Parameter(name: "xpath-filter", value: $0) }
        if let resumeAfter { parameters.append(.init(name: "resume-after", value: resumeAfter)) }
        try peer.send(
            TransportMessage(
                role: .authenticate, origin: "ivo://broker/x", response: name, timeStamp: nil, parameters: parameters))
    }

    /// The log grows by an event; nobody is told yet.
    func store(_ what: String = "<Param name=\"n\" value=\"1\"/>") {
        let number = log.count + 1
        log.append(SampleEvents.stored(number, packet: SampleEvents.packet(number, what: what)))
    }

    /// The events of these places are given to all connections, as the relay does.
    func deliver(_ places: ClosedRange<Int>) {
        let events = Array(log[(places.lowerBound - 1)..<places.upperBound])
        if let batch = batch(events, filters: court.filtersInUse) { deliver(batch) }
    }

    /// A batch is given to the connection.
    func deliver(_ batch: EventBatch) { handler.deliver(batch) }

    /// The log forgets its events.
    func forget() { log = [] }

    /// The log grows by an event, which is given to all connections.
    func announce(_ what: String = "<Param name=\"n\" value=\"1\"/>") {
        store(what)
        deliver(log.count...log.count)
    }

    /// Where the connection wants to read on; nil if it does not.
    var isAsking: EventSequence? { desk.questions.withLock { $0.first?.position } }

    /// The log answers the connection's oldest question with `limit` events at most.
    func answer(limit: Int = 100) throws {
        let question = desk.questions.withLock { $0.removeFirst() }
        let events = Array(log.dropFirst(Int(question.position) - 1).prefix(limit))
        question.answer.succeed(batch(events, filters: question.filters))
        peer.loop.run()
    }

    /// The log cannot answer.
    func fail() {
        desk.questions.withLock { $0.removeFirst() }.answer.fail(MemoryLog.Full())
        peer.loop.run()
    }

    /// What the connection searches in the log, answered with a place.
    func answerSearch(_ place: EventSequence) -> ResumePoint? {
        let search = desk.searches.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        search?.answer.succeed(place)
        peer.loop.run()
        return search?.point
    }

    /// Places of the events that the subscriber has received since the last call.
    func received() throws -> [Int] {
        var places: [Int] = []
        while let bytes = try peer.receive() {
            guard let index = log.firstIndex(where: { $0.packet == bytes }) else { continue }
            places.append(index + 1)
        }
        return places
    }

    private func batch(_ events: [StoredEvent], filters: [XPathFilter]) -> EventBatch? {
        EventBatch(events, from: events.first?.sequence ?? 1, verdicts: court.evaluate(filters, on: events))
    }
}
