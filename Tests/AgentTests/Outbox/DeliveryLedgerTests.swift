// SPDX-License-Identifier: Apache-2.0

import Testing
import UTC

@testable import Agent

@Suite struct DeliveryLedgerTests {
    private func value(_ name: String, _ ledger: DeliveryLedger, now: UTCInstant) -> Double? {
        ledger.metrics(now: now).first { $0.name == name }?.samples.first?.value
    }

    @Test func `It tells what waits, since when, and when the broker answered`() throws {
        let ledger = DeliveryLedger()
        let time = try #require(UTCInstant(iso8601: "2026-03-01T21:14:05.250Z"))
        #expect(value("psws_broker_last_answer", ledger, now: time)?.isNaN == true)
        ledger.count(waiting: 2, oldest: time, parked: 1)
        let later = time.advanced(bySeconds: 90)
        #expect(value("psws_outbox_waiting", ledger, now: later) == 2)
        #expect(value("psws_outbox_oldest", ledger, now: later) == 90)
        #expect(value("psws_outbox_parked", ledger, now: later) == 1)
        ledger.take(.failed(OutboxError(.inputOutput, place: "x", message: "y"), waitSeconds: 1), now: later)
        #expect(value("psws_delivery_failures", ledger, now: later) == 1)
        ledger.count(waiting: 0, oldest: nil, parked: 1)
        #expect(value("psws_outbox_oldest", ledger, now: later) == 0)
    }

    @Test func `The name of an entry tells the time of its event`() throws {
        let time = try #require(UTCInstant(iso8601: "2026-03-01T21:14:05.250Z"))
        #expect(OutboxEntryName(time: time, shortID: "k3f9").time == time)
        #expect(OutboxEntryName("something-else")?.time == nil)
        #expect(OutboxEntryName("20261341T996199.250Z-a")?.time == nil)
    }
}
