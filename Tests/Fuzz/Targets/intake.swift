// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Logging
import VTPTrials

@testable import VTP

/// A broker that keeps its events in memory.
private struct Broker {
    let log = MemoryLog()
    let intake: EventIntake

    init(rules: EventRules) {
        intake = EventIntake(
            identity: "ivo://broker/fuzz", log: log, rules: rules, policy: PolicyInForce(BrokerPolicy()),
            ledger: AcceptanceLedger(), logger: Logger(label: "fuzz") { _ in SwiftLogNoOpLogHandler() })
    }

    func receive(_ bytes: [UInt8]) async -> IntakeAnswer {
        await intake.receive(bytes, from: EventSource(kind: .author(IPAddress("127.0.0.1")), name: "127.0.0.1:1"))
    }
}

/// The rules are made once: they are the same for all events.
private let rules = EventRules()

/// What an author sends to the broker.
///
/// Promises: an event is acknowledged and stored as it came, or refused with a bounded number of bounded reasons and not
/// stored; a resend gets the same answer and is not stored twice; the answer can be read; only a transport message is left
/// without one.
@_cdecl("LLVMFuzzerTestOneInput")
public func intake(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = input(start, count)
    let done = DispatchSemaphore(value: 0)
    Task {
        await judge(bytes)
        done.signal()
    }
    done.wait()
    return 0
}

private func judge(_ bytes: [UInt8]) async {
    let broker = Broker(rules: rules)
    let answer = await broker.receive(bytes)
    let again = await broker.receive(bytes)
    let stored = await broker.log.events(from: 1, limit: 10, maximumBytes: .max)
    guard case .reply(let message) = answer, case .reply(let second) = again else {
        let isTransport = if case .transport = try? IncomingMessage(parsing: bytes) { true } else { false }
        promise(isTransport && answer == again && stored.isEmpty, "an event was left without an answer: \(answer)")
        return
    }
    promise(
        message.role == second.role && message.origin == second.origin && message.reasons == second.reasons,
        "a resend is answered otherwise: \(message) and \(second)")
    switch message.role {
    case .ack: promise(stored.map(\.packet) == [bytes], "acknowledged but not stored as it came")
    case .nak:
        promise(stored.isEmpty, "refused but stored")
        promise(
            (1...EventIntake.maximumReasons + 1).contains(message.reasons.count), "\(message.reasons.count) reasons")
        promise(message.reasons.allSatisfy { $0.unicodeScalars.count <= 301 }, "a reason without end")
    default: fatalError("an author is answered by \(message.role)")
    }
    do throws(VTPError) {
        let read = try TransportMessage(parsing: message.bytes())
        promise(
            read.role == message.role && read.origin == message.origin && read.reasons == message.reasons,
            "the author reads \(read), meant was \(message)")
    } catch {
        fatalError("the author cannot read the answer: \(error)")
    }
}
