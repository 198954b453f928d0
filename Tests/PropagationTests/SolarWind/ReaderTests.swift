// SPDX-License-Identifier: Apache-2.0

import Testing
import UTC

@testable import Propagation

@Suite struct `Files of solar wind` {
    /// Two hours of OMNI2 of 2016, the second with fill values.
    static let omni = """
        2016   1  0 2488 51 52  55  36  15.0  15.0 -70.0 343.2   4.9  -1.5 -14.1   2.2 -14.0   0.1   1.3   0.9   0.7   0.5   32589.   2.0  463.  -1.1   0.9 0.057  0.88    3472.   0.4    4.   1.4   0.5 0.008   6.48   0.06   2.2 60  37  -116  686 999999.99 99999.99 99999.99     0.13     0.06     0.05 -1  80  95.1   4.4  -679     8  2.1
        2016   1  1 2488 99 99 999 999 999.9 999.9 999.9 999.9 999.9 999.9 999.9 999.9 999.9 999.9 999.9 999.9 999.9 999.9 9999999. 999.9 9999. 999.9 999.9 9.999 99.99 9999999. 999.9 9999. 999.9 999.9 9.999 999.99 999.99 999.9 60  37  -102  788 999999.99 99999.99 99999.99     0.13     0.07     0.05 -1  80  95.1   6.2  -564   224  1.7

        """

    static let ace = """
        :Product: 202012_ace_swepam_1h.txt
        # Status(S): 0 = nominal data, 1 to 8 = bad data record, 9 = no data
        2020 12 01  0000   59184       0    1        2.0      430.7     1.71e+05
        2020 12 01  0100   59184    3600    0        1.4      409.7     1.24e+05
        2020 12 01  2000   59184   72000    9    -9999.9    -9999.9    -1.00e+05

        """

    private func read(_ text: String, report: inout InputReport) throws -> [SolarWindMeasurement] {
        try SolarWindFile.read(Array(text.utf8), name: "file", report: &report)
    }

    @Test func `OMNI2 gives its hour, and nothing where its fill values stand`() throws {
        var report = InputReport()
        let items = try read(Self.omni, report: &report)
        #expect(items.count == 2 && items[0].time.iso8601(fractionDigits: 0) == "2016-01-01T00:00:00Z")
        #expect(items[0].speed == 463 && items[0].density == 2 && items[0].temperature == 32_589)
        #expect(items[0].bx == 4.9 && items[0].by == -1.5 && items[0].bz == -14.1)
        #expect(items[1].speed == nil && items[1].density == nil && items[1].bx == nil && items[1].temperature == nil)
    }

    @Test func `A packed file is unpacked, and one that was cut off is named`() throws {
        // printf of one line of ACE through gzip.
        let packed: [UInt8] = [
            31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 51, 50, 48, 50, 80, 48, 52, 82, 48, 48, 84, 48, 48, 52, 48, 80, 80, 80, 48,
            181, 180, 48, 81, 80, 48, 54, 51, 48, 80, 80, 48, 128, 177, 12, 245, 76, 20, 20, 76, 12, 44, 245, 204, 21,
            20, 12, 245, 140, 76, 82, 181, 13, 76, 184, 0, 116, 209, 119, 181, 69, 0, 0, 0,
        ]
        var report = InputReport()
        #expect {
            try SolarWindFile.read(Array(packed.prefix(40)), name: "cut.gz", report: &report)
        } throws: { "\($0)".hasPrefix("cut.gz: the packed file ends early") || "\($0)".hasPrefix("cut.gz: the packed") }
    }

    @Test func `Flags of ACE keep bad hours out and are counted`() throws {
        var report = InputReport()
        let items = try read(Self.ace, report: &report)
        #expect(items.count == 3 && report.flagged == 2)
        #expect(items[0].speed == nil && items[1].speed == 409.7 && items[2].density == nil)
    }

    @Test func `Of SWPC only the active spacecraft counts, newest first or not`() throws {
        var report = InputReport()
        let items = try read(
            """
            [{"time_tag":"2026-08-07T01:25:00","active":false,"source":"IMAP","proton_speed":999,"overall_quality":0},
             {"time_tag":"2026-08-07T01:24:00","active":true,"source":"SOLAR1","proton_speed":276.9,
              "proton_temperature":24034,"proton_density":3.09,"proton_vy_gse":-3,"proton_vz_gse":-20.6,
              "alpha_speed":null,"max_data_flag":-9999,"overall_quality":0},
             {"time_tag":"2026-08-07T01:23:00","active":true,"proton_speed":300,"overall_quality":1}]
            """, report: &report)
        #expect(items.count == 2 && report.inactive == 1 && report.flagged == 1)
        #expect(items[0].speed == 276.9 && items[0].time.iso8601(fractionDigits: 0) == "2026-08-07T01:24:00Z")
        #expect(items[1].speed == nil)
    }

    @Test func `The older form of SWPC is read as well`() throws {
        var report = InputReport()
        let items = try read(
            """
            [["time_tag","density","speed","temperature"],["2026-05-19 17:58:00.000","1.57","511.2","95417"],
             ["2026-05-19 17:59:00.000",null,"510.1","96926"]]
            """, report: &report)
        #expect(items.map(\.speed) == [511.2, 510.1] && items.map(\.density) == [1.57, nil])
    }

    @Test(arguments: [
        ("", "the file is empty"), ("hello", "file:1: this is no file"), ("2016 1 0 2488 51", "file:1: an OMNI2 line"),
        ("\n2016 1 x 2488", "file:2: an OMNI2 line"), (":Product: x\n", "no line of data"),
        ("# x\n2020 12 01 0100 59184 3600 0 1.4 409.7", "file:2: a line of ACE"),
        ("# x\n2020 13 01 0100 59184 3600 0 1.4 409.7 1e5", "file:2: there is no such date"),
        ("# x\n2020 12 01 0100 59184 3600 0 abc 409.7 1e5", "file:2: word 8 must be a number and is \"abc\""),
        ("[", "the JSON ends early"), ("[]", "no measurement"), ("{}", "must be an array"),
        ("[\n{\"time_tag\":\"yesterday\"}]", "element 1: time_tag"),
        ("[\n{\"time_tag\" 3}]", "file:2: a colon is missing"),
    ])
    func `A bad file costs one clear message with its place`(text: String, words: String) {
        var report = InputReport()
        #expect { try read(text, report: &report) } throws: { "\($0)".contains(words) }
    }

    @Test func `No prefix of a file crashes the readers`() {
        let json = "[{\"time_tag\":\"2026-08-07T01:24:00\",\"active\":true,\"proton_speed\":276.9e0}]"
        for text in [Self.omni, Self.ace, json] {
            for length in stride(from: 0, to: text.utf8.count, by: 7) {
                var report = InputReport()
                _ = try? SolarWindFile.read(Array(text.utf8.prefix(length)), name: "cut", report: &report)
            }
        }
    }
}
