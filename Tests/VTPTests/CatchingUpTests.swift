// SPDX-License-Identifier: Apache-2.0

import Testing
import UTC

@testable import VTP

/// Subscribers that do not read, and subscribers that ask for the past: nothing is lost and nothing comes twice.
struct CatchingUpTests {
    @Test func `A subscriber that takes no more is passed over and fed from the log when it takes again`() throws {
        let trial = try SubscriberTrial.answered()
        trial.announce()
        #expect(try trial.received() == [1])
        trial.peer.takesMore(false)
        for _ in 2...30 { trial.announce() }
        #expect(try trial.received() == [])
        #expect(trial.isAsking == nil)
        trial.peer.takesMore(true)
        try trial.answer(limit: 10)
        #expect(try trial.received() == Array(2...11))
        try trial.answer()
        #expect(try trial.received() == Array(12...30))
        #expect(trial.isAsking == nil)
        trial.announce()
        #expect(try trial.received() == [31])
        trial.peer.finish()
    }

    @Test func `While a subscriber is fed from the log new events wait their turn`() throws {
        let trial = try SubscriberTrial.answered()
        trial.peer.takesMore(false)
        for _ in 1...5 { trial.announce() }
        trial.peer.takesMore(true)
        // The log is being read while it grows: the answer may hold the new event or not.
        trial.announce()
        try trial.answer(limit: 5)
        trial.announce()
        try trial.answer()
        trial.announce()
        #expect(try trial.received() == Array(1...8))
        trial.peer.finish()
    }

    @Test func `It stops in the middle again when the subscriber takes no more`() throws {
        let trial = try SubscriberTrial.answered()
        trial.peer.takesMore(false)
        for _ in 1...5 { trial.announce() }
        trial.peer.takesMore(true)
        trial.peer.takesMore(false)
        try trial.answer(limit: 2)
        #expect(try trial.received() == [1, 2])
        #expect(trial.isAsking == nil)
        trial.peer.takesMore(true)
        try trial.answer()
        #expect(try trial.received() == [3, 4, 5])
        trial.peer.finish()
    }

    @Test func `A subscriber that falls too far behind is disconnected`() throws {
        var limits = BrokerLimits()
        limits.maximumSubscriberLag = 10
        let trial = try SubscriberTrial.answered(limits: limits)
        trial.peer.takesMore(false)
        for _ in 1...10 { trial.announce() }
        #expect(trial.peer.isOpen)
        trial.announce()
        #expect(!trial.peer.isOpen)
    }

    @Test func `A log that cannot be read ends the connection and not in a gap`() throws {
        let trial = try SubscriberTrial.answered()
        trial.peer.takesMore(false)
        trial.announce()
        trial.peer.takesMore(true)
        trial.fail()
        #expect(!trial.peer.isOpen)
    }

    @Test func `Places where nothing stands any more are passed over`() throws {
        let trial = try SubscriberTrial.answered()
        trial.peer.takesMore(false)
        trial.store()
        trial.deliver(1...1)
        trial.forget()
        trial.peer.takesMore(true)
        try trial.answer()
        #expect(trial.isAsking == nil)
        #expect(trial.peer.isOpen)
        trial.peer.finish()
    }

    @Test(arguments: [
        ("7", ResumePoint.sequence(7)), ("0", .sequence(0)),
        ("2026-03-01T21:14:05Z", .time(UTCInstant(secondsSince1970: 1_772_399_645))),
    ])
    func `A subscriber that names a point gets what came after it, then what comes`(
        text: String, point: ResumePoint
    ) throws {
        let trial = try SubscriberTrial(stored: 20)
        _ = try trial.peer.receiveTransport()
        trial.announce()
        try trial.authenticate(resumeAfter: text)
        trial.announce()
        #expect(trial.answerSearch(8) == point)
        try trial.answer(limit: 10)
        trial.announce()
        try trial.answer()
        trial.announce()
        #expect(try trial.received() == Array(8...24))
        trial.peer.finish()
    }

    @Test func `The past is filtered, too`() throws {
        let trial = try SubscriberTrial()
        _ = try trial.peer.receiveTransport()
        for number in 1...6 { trial.announce("<Param name='n' value='\(number % 2)'/>") }
        try trial.authenticate(["//Param[@value='0']"], resumeAfter: "0")
        _ = trial.answerSearch(1)
        try trial.answer()
        #expect(try trial.received() == [2, 4, 6])
        trial.peer.finish()
    }

    @Test func `A past of its own wish does not count as falling behind`() throws {
        var limits = BrokerLimits()
        limits.maximumSubscriberLag = 10
        let trial = try SubscriberTrial(stored: 100, limits: limits)
        _ = try trial.peer.receiveTransport()
        try trial.authenticate(resumeAfter: "0")
        trial.peer.takesMore(false)
        _ = trial.answerSearch(1)
        for _ in 1...10 { trial.announce() }
        #expect(trial.peer.isOpen)
        trial.announce()
        #expect(!trial.peer.isOpen)
    }

    @Test func `A subscriber without a name, a point that is none and a point that comes too late get a nak`() throws {
        let trial = try SubscriberTrial.answered()
        try trial.authenticate(resumeAfter: "3", name: nil)
        #expect(try trial.peer.receiveTransport()?.reasons.first?.contains("name themselves") == true)
        try trial.authenticate(resumeAfter: "yesterday")
        #expect(try trial.peer.receiveTransport()?.reasons.first?.contains("\"yesterday\"") == true)
        try trial.authenticate()
        trial.announce()
        #expect(try trial.received() == [1])
        try trial.authenticate(resumeAfter: "0")
        #expect(try trial.peer.receiveTransport()?.reasons == ["resume-after comes too late: events were sent already"])
        trial.peer.finish()
    }
}
