// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Propagation
import Testing
import UTC
import VOEvent
import VOTable

@testable import psws

@Suite struct `Prediction commands` {
    private static let series: PredictedWind = {
        let hours = (0..<24).map { hour in
            PredictedHour(
                time: UTCInstant(secondsSince1970: 1_462_060_800 + Double(hour) * 3600), distanceAU: 5.4, density: 0.2,
                radialSpeed: 500, tangentialSpeed: 1, temperature: 1e4, br: 0.1, bt: 0.5, bn: 0,
                dynamicPressure: (5..<15).contains(hour) ? 0.2 : 0.02, angleDegrees: -60, quality: 0.7)
        }
        return PredictedWind(
            target: "jupiter", mode: .tao, hours: hours, facts: [("mode", "tao"), ("target", "jupiter")])
    }()

    private func table() throws -> IntervalTable {
        let search = try IntervalSearch(try WindCondition("pdyn > 0.1 nPa"))
        return IntervalTable(series: Self.series, search: search, intervals: search.intervals(in: Self.series.hours))
    }

    @Test(arguments: [
        ["propagate", "--target", "pluto", "--from", "2016-05-01", "--to", "2016-05-02", "f"],
        ["propagate", "--target", "mars", "--from", "yesterday", "--to", "2016-05-02", "f"],
        ["propagate", "--target", "mars", "--from", "2016-05-03", "--to", "2016-05-02", "f"],
        ["propagate", "--target", "mars", "--from", "2016-05-01", "--to", "2016-05-02"],
        ["intervals", "--where", "pdyn > 3 km/s", "f"], ["intervals", "f"],
        ["intervals", "--where", "pdyn > 3", "--hysteresis", "2", "f"],
    ])
    func `Wrong usage is told apart from bad input`(arguments: [String]) {
        #expect { try Psws.parseAsRoot(arguments) } throws: { Psws.exitCode(for: $0) == .validationFailure }
    }

    @Test(arguments: [
        ["propagate", "--target", "mars", "--from", "2016-05-01", "--to", "2016-05-02", "/nowhere/omni.dat"],
        ["intervals", "--where", "pdyn > 0.1 nPa", "/nowhere/jupiter.csv"],
    ])
    func `A file that cannot be read fails with exit code 1`(arguments: [String]) throws {
        var command = try Psws.parseAsRoot(arguments)
        #expect { try command.run() } throws: { Psws.exitCode(for: $0) == .failure }
    }

    @Test func `A series becomes a VOTable that follows the standard`() throws {
        let text = String(decoding: try PredictionTable.votable(Self.series), as: UTF8.self)
        #expect(text.contains("name=\"pdyn_npa\" datatype=\"double\" unit=\"nPa\"") && text.contains("<TIMESYS"))
        #expect(PredictionTable.json(Self.series).description.contains("\"pdyn_npa\": 0.2"))
    }

    @Test func `Intervals become a catalogue with every setting`() throws {
        let text = String(decoding: try table().votable(), as: UTF8.self)
        #expect(
            text.contains("<TD>2016-05-01T04:26:40.000</TD>") && text.contains("name=\"merge_gap_h\" value=\"6.0\""))
        #expect(try table().json.description.contains("\"time_start\": \"2016-05-01T04:26:40Z\""))
    }

    @Test func `Intervals become predictions that the standard allows`() throws {
        let packets = try table().voevents()
        let packet = try VOEventReader().read(try #require(packets.first)).packet
        #expect(packets.count == 1 && packet.role == .prediction)
        #expect(packet.what?.param("threshold")?.doubleValue == 0.1 && packet.what?.param("peak")?.unit == "nPa")
        #expect(packet.what?.group("target")?.param("target_name")?.value == "jupiter")
    }
}
