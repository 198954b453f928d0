// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Agent

@Suite struct BoardSensorsTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func show(_ content: String, _ path: String) throws {
        let files = DurableFiles()
        var place = directory.path
        for part in path.split(separator: "/").dropLast() {
            place += "/" + part
            try files.ensureDirectory(place)
        }
        try files.createFile(directory.path + "/" + path, Array((content + "\n").utf8))
    }

    @Test func `The hottest zone, the supply and the worst card are read`() throws {
        try show("41200", "class/thermal/thermal_zone0/temp")
        try show("55850", "class/thermal/thermal_zone1/temp")
        try show("-273150", "class/thermal/thermal_zone2/temp")
        try show("50005", "devices/platform/soc/soc:firmware/get_throttled")
        try show("0x02 0x03", "block/mmcblk0/device/life_time")
        let sensors = BoardSensors(root: directory.path)
        let expected = BoardSensors.Reading(temperatureCelsius: 55.85, isUnderVoltage: true, cardWear: 0.3)
        #expect(sensors.read() == expected)
        #expect(sensors.metrics.map(\.name).count == 3)
        let findings = BoardExamination(reading: sensors.read()).findings()
        #expect(findings.map(\.verdict) == [.warning] && findings.first?.message.contains("voltage") == true)
    }

    @Test func `A board without sensors has no figures and no findings`() {
        let sensors = BoardSensors(root: directory.path)
        #expect(sensors.read() == BoardSensors.Reading() && sensors.metrics.isEmpty)
        #expect(BoardExamination(reading: sensors.read()).findings().isEmpty)
    }

    @Test func `Heat and a worn card are warnings, with what to do`() {
        let reading = BoardSensors.Reading(temperatureCelsius: 84, isUnderVoltage: false, cardWear: 0.9)
        let findings = BoardExamination(reading: reading).findings()
        #expect(findings.map(\.verdict) == [.warning, .warning] && findings.allSatisfy { $0.remedy != nil })
        let well = BoardExamination(reading: .init(temperatureCelsius: 48.3, cardWear: 0.2)).findings()
        #expect(well == [.ok("board", "48 °C, the card has 20 % of its life behind it")])
    }

    @Test func `What cannot be understood is left out`() throws {
        try show("warm", "class/thermal/thermal_zone0/temp")
        try show("", "block/mmcblk0/device/life_time")
        #expect(BoardSensors(root: directory.path).read() == BoardSensors.Reading())
    }
}
