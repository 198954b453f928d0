// SPDX-License-Identifier: Apache-2.0

import Testing
import UTC

@testable import Propagation

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct `The wind hour by hour` {
    private static let first = 403_000

    private func measurement(_ hour: Int, speed: Double? = 400, density: Double? = 5) -> SolarWindMeasurement {
        var item = SolarWindMeasurement(
            time: UTCInstant(secondsSince1970: Double(Self.first + hour) * 3600), averagedSeconds: 3600)
        item.speed = speed
        item.density = density
        item.temperature = 1e5
        item.bx = 3
        item.by = -3
        item.bz = 1
        return item
    }

    private func wind(
        _ items: [SolarWindMeasurement], hours: Int, report: inout InputReport
    ) throws -> HourlyWind {
        try HourlyWind(items, hours: Self.first..<(Self.first + hours), report: &report)
    }

    @Test func `GSE becomes RTN`() throws {
        var item = measurement(0)
        item.flowLongitudeDegrees = 3
        item.flowLatitudeDegrees = 2
        var report = InputReport()
        let wind = try wind([item], hours: 3, report: &report)
        #expect(wind.values[HourlyWind.Quantity.br.rawValue][0] == -3)
        #expect(wind.values[HourlyWind.Quantity.bt.rawValue][0] == 3)
        #expect(wind.values[HourlyWind.Quantity.bn.rawValue][0] == 1)
        // Towards +Y of GSE is against T.
        #expect(wind.values[HourlyWind.Quantity.ut.rawValue][0] < -20)
        #expect(wind.values[HourlyWind.Quantity.un.rawValue][0] > 13)
    }

    @Test func `What the solar wind cannot be is left out`() throws {
        var report = InputReport()
        let items = (0..<20).map { measurement($0, speed: $0 == 7 ? 2500 : 400, density: $0 == 9 ? 0.001 : 5) }
        let wind = try wind(items, hours: 20, report: &report)
        #expect(report.outOfRange == 2 && report.interpolatedHours == 2)
        #expect(wind.values[0].allSatisfy { $0 == 400 })
    }

    @Test func `A spike goes, a shock stays`() throws {
        var report = InputReport()
        let items = (0..<40).map { measurement($0, speed: $0 == 10 ? 900 : $0 < 25 ? 400 : 600) }
        let wind = try wind(items, hours: 40, report: &report)
        #expect(report.spikes == 1)
        #expect(wind.values[0][10] == 400 && wind.values[0][24] == 400 && wind.values[0][25] == 600)
    }

    @Test func `Duplicates count once and disorder does not matter`() throws {
        var report = InputReport()
        let items = (0..<30).map { measurement($0, speed: 400 + Double($0)) }
        var mixed = items + [items[3], items[3], items[9]]
        mixed.swapAt(5, 20)
        let wind = try wind(mixed, hours: 30, report: &report)
        var plain = InputReport()
        let expected = try self.wind(items, hours: 30, report: &plain)
        #expect(wind.values == expected.values && report.duplicates == 3 && report.disordered > 0)
        #expect(plain.disordered == 0)
    }

    @Test func `Gaps are filled by three rules and say so`() throws {
        var report = InputReport()
        let hours = 1500
        // Missing: 4 h at 100, 30 h at 800, 100 h at 1200; the wind repeats with the rotation.
        let items = (0..<hours).filter {
            !(100..<104).contains($0) && !(800..<830).contains($0) && !(1200..<1300).contains($0)
        }
        .map { measurement($0, speed: 450 + 100 * sin(2 * .pi * Double($0) / GapFiller.rotationHours)) }
        let wind = try wind(items, hours: hours, report: &report)
        #expect(report.interpolatedHours == 4 && report.blendedHours == 30 && report.recurrentHours == 100)
        #expect(report.measuredHours == hours - 134 && report.unknownHours == 0)
        #expect(wind.quality[102] == 0.8 && wind.quality[50] == 1 && wind.quality[1250] == 0.2)
        #expect((0.3...0.5).contains(wind.quality[815]))
        for hour in [102, 815, 1250] {
            let truth = 450 + 100 * sin(2 * .pi * Double(hour) / GapFiller.rotationHours)
            #expect(abs(wind.values[0][hour] - truth) < 3)
        }
    }

    @Test func `A gap of a year leaves a quality of nearly nothing`() throws {
        var report = InputReport()
        let items = (0..<24).map { measurement($0) } + (9000..<9024).map { measurement($0) }
        let wind = try wind(items, hours: 9024, report: &report)
        #expect(wind.quality[4500] < 0.01 && report.unknownHours + report.recurrentHours > 8700)
        #expect(wind.values.allSatisfy { $0.allSatisfy(\.isFinite) })
    }

    @Test func `Without one whole hour there is an error`() {
        var report = InputReport()
        #expect {
            try wind([measurement(0, speed: nil), measurement(1, density: nil)], hours: 5, report: &report)
        } throws: { ($0 as? PropagationError)?.code == .noData }
    }
}
