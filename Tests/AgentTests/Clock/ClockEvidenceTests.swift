// SPDX-License-Identifier: Apache-2.0

import CTimex
import Testing
import UTC

@testable import Agent

@Suite struct ClockEvidenceTests {
    private func reading(
        state: Int32, status: UInt32, estimated: Int64 = 400, maximum: Int64 = 12_345
    ) -> ctimex_reading {
        var reading = ctimex_reading()
        reading.realtime_nanoseconds = 1_795_377_600_000_000_001
        reading.state = state
        reading.status = status
        reading.estimated_error_microseconds = estimated
        reading.maximum_error_microseconds = maximum
        return reading
    }

    @Test func `A synchronised clock has errors and says so`() {
        let evidence = ClockEvidence(reading(state: 0, status: 0x2001))
        #expect(evidence.isSynchronised)
        #expect(evidence.estimatedErrorSeconds == 0.0004)
        #expect(evidence.maximumErrorSeconds == 0.012345)
        #expect(evidence.sampledAt == UTCInstant(nanosecondsSince1970: 1_795_377_600_000_000_001))
        #expect(evidence.source == "kernel: synchronised, estimated error 0.4 ms, at most 12 ms")
        #expect(ClockEvidence(reading(state: 0, status: 1, estimated: 35)).source.contains("estimated error 35 µs"))
    }

    @Test(arguments: [(Int32(5), UInt32(0)), (0, 0x40), (5, 0x40)])
    func `A clock that nobody keeps has no errors to speak of`(state: Int32, status: UInt32) {
        let evidence = ClockEvidence(reading(state: state, status: status))
        #expect(!evidence.isSynchronised)
        #expect(evidence.estimatedErrorSeconds == nil && evidence.maximumErrorSeconds == nil)
        #expect(evidence.source == "kernel: not synchronised")
    }

    @Test func `Leap seconds are passed on`() {
        let states = (0...5).map { ClockEvidence(reading(state: $0, status: 1)).leapSecond }
        #expect(states == [.none, .insert, .delete, .inProgress, .occurred, .none])
    }

    @Test func `The kernel's reading is of now`() throws {
        // A sandbox may forbid the call; there is nothing to compare then.
        guard let evidence = ClockEvidence.sample() else { return }
        #expect(abs(evidence.sampledAt.seconds(since: .now())) < 60)
    }
}
