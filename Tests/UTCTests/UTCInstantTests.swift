// SPDX-License-Identifier: Apache-2.0

import Testing
import UTC

@Suite struct UTCInstantTests {
    @Test func `Known instants read and print as the calendar says`() throws {
        let cases: [(String, Int64)] = [
            ("1970-01-01T00:00:00Z", 0),
            ("2000-02-29T12:00:00Z", 951_825_600_000_000_000),
            ("2026-11-22T19:23:05.123456Z", 1_795_375_385_123_456_000),
            ("1969-12-31T23:59:59.999999Z", -1_000),
            ("1700-03-01T00:00:00Z", -8_515_238_400_000_000_000),
        ]
        for (text, nanoseconds) in cases {
            let instant = try #require(UTCInstant(iso8601: text))
            #expect(instant.nanosecondsSince1970 == nanoseconds, "\(text)")
            #expect(UTCInstant(iso8601: instant.iso8601(fractionDigits: 9)) == instant)
        }
    }

    @Test func `The basic form is the same without its marks, and sorts as time does`() throws {
        let instant = try #require(UTCInstant(iso8601: "2026-03-01T21:14:05.250499Z"))
        #expect(instant.basicISO8601() == "20260301T211405.250Z")
        #expect(instant.basicISO8601(fractionDigits: 0) == "20260301T211405Z")
        let later = try #require(UTCInstant(iso8601: "2026-03-01T21:14:05.251Z"))
        #expect(instant.basicISO8601() < later.basicISO8601())
    }

    @Test func `An offset from UTC is taken away`() {
        #expect(
            UTCInstant(iso8601: "2026-01-01T01:30:00+01:30") == UTCInstant(iso8601: "2026-01-01T00:00:00Z"))
        #expect(UTCInstant(iso8601: "2025-12-31T19:00:00-05:00") == UTCInstant(iso8601: "2026-01-01"))
    }

    @Test func `A leap second is the first second of the next day`() {
        #expect(UTCInstant(iso8601: "2016-12-31T23:59:60Z") == UTCInstant(iso8601: "2017-01-01T00:00:00Z"))
    }

    @Test(arguments: [
        "", "2018_05_22T05:30:07", "2018-05-22T05_30_07", "2018-13-01", "2018-02-29", "2018-05-22T24:00:00",
        "2018-05-22T05:60:00", "2018-05-22T05:30:60Z", "2018-05-22T05:30:07.", "2018-05-22T05:30:07Zx",
        "22 May 2018", "2018-05-22T05:30:07+25:00", "9999-01-01",
    ]) func `What is not a date reads as nothing`(text: String) {
        #expect(UTCInstant(iso8601: text) == nil)
    }

    @Test func `Every day of two leap cycles survives the round trip`() throws {
        var instant = try #require(UTCInstant(iso8601: "1896-12-30T23:59:59.999999999Z"))
        for _ in 0..<3_000 {
            #expect(UTCInstant(instant.civilDate) == instant)
            instant = instant.advanced(bySeconds: 86_400)
        }
    }

    @Test func `Differences keep the nanosecond`() throws {
        let start = UTCInstant(nanosecondsSince1970: 1_795_375_385_123_456_789)
        #expect(UTCInstant(nanosecondsSince1970: 1_795_375_385_123_456_790).seconds(since: start) == 1e-9)
        #expect(start.advanced(bySeconds: .infinity).nanosecondsSince1970 == .max)
    }
}
