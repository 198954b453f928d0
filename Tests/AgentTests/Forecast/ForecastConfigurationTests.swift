// SPDX-License-Identifier: Apache-2.0

import Settings
import Testing

@testable import Agent

@Suite struct ForecastConfigurationTests {
    static func decode(_ yaml: String) throws -> ForecastConfiguration {
        try SettingsDocument(yaml: Array(yaml.utf8), file: "box.yaml").decode { ForecastConfiguration(&$0) }
    }

    @Test func `Every key has its meaning`() throws {
        let found = try Self.decode(
            """
            centre: https://psws.example.org/products/
            rule: pressure
            solar_wind: [/var/lib/wind/omni.dat]
            mode: physics
            where: v > 500 km/s
            stale: 2 d
            margin: 6 h
            false_alarms: 5 /h
            candidates: 100 MB
            """)
        #expect(found.centre == "https://psws.example.org/products/" && found.rule == "pressure")
        #expect(found.solarWindPaths == ["/var/lib/wind/omni.dat"] && found.mode == .physics)
        #expect(found.search.map { "\($0.condition)" } == "v > 500.0 km/s")
        #expect(found.staleSeconds == 172_800 && found.marginSeconds == 21_600)
        #expect(found.falseAlarmsPerHour == 5 && found.candidateBytes == 100_000_000)
    }

    @Test(
        arguments: [
            ("rule: pressure", "neither a centre nor a file"),
            ("centre: https://a.org/products/", "name one of its rules"),
            ("centre: ftp://a.org/\nrule: a", "no address of a folder"),
            ("centre: https://a.org/products\nrule: a", "no address of a folder"),
            ("solar_wind: [/a]\nwhere: pdyn > 3 km", "km"),
        ])
    func `Mistakes say what to write`(yaml: String, words: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try Self.decode(yaml) }
        #expect(error.mistakes.contains { "\($0)".contains(words) }, "\(error.mistakes)")
    }

    private func station(target: String, _ forecast: String) -> String {
        """
        target: \(target)
        station: {name: pic, authority: psws.irap, contact: {title: Station}}
        site: {name: Toulouse, longitude: 1.48 deg, latitude: 43.56 deg, height: 150 m}
        camera: {kind: simulated}
        detection: {false_alarms: 0.5 /h}
        broker: {host: 127.0.0.1}
        forecast: {solar_wind: [/a]\(forecast)}
        """
    }

    @Test(
        arguments: [
            ("moon", "", "no prediction of the solar wind for the target moon"),
            ("jupiter", ", false_alarms: 0.2 /h", "fewer than those of detection"),
        ])
    func `A campaign needs a planet, and looks closer than usual`(target: String, more: String, words: String) throws {
        let yaml = station(target: target, more)
        let error = try #require(throws: ConfigurationError.self) {
            try SettingsDocument(yaml: Array(yaml.utf8), file: "box.yaml").decode { AgentConfiguration(&$0) }
        }
        #expect(error.mistakes.count == 1 && "\(error.mistakes)".contains(words))
        let good = station(target: "jupiter", "")
        let read = try SettingsDocument(yaml: Array(good.utf8), file: "b").decode { AgentConfiguration(&$0) }
        #expect(read.forecast?.falseAlarmsPerHour == 1)
    }
}
