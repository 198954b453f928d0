// SPDX-License-Identifier: Apache-2.0

import Settings
import Testing

@testable import Agent

@Suite struct PinsConfigurationTests {
    static func decode(_ yaml: String) throws -> PinsConfiguration {
        try SettingsDocument(yaml: Array(yaml.utf8), file: "box.yaml").decode { PinsConfiguration(&$0) }
    }

    @Test func `Every key has its meaning`() throws {
        let pins = try Self.decode(
            """
            roof: {line: roof-closed, active: closed, active_low: true, bias: pull_up, debounce: 200 ms}
            rain: {line: gpiochip0:17}
            camera_power: {line: "2:5", off: 8 s}
            pps: {line: pulse, active_low: true}
            status_light: {line: "22"}
            timing_light: {line: lamp}
            pause_button: {line: "23", longest: 30 min}
            """)
        let roof = try #require(pins.roof)
        #expect(roof.whenActive == .closed && roof.line.address.description == "roof-closed")
        #expect(roof.line.isActiveLow && roof.line.bias == .pullUp && roof.line.debounceSeconds == 0.2)
        #expect(pins.rain?.address == PinAddress("gpiochip0:17") && pins.rain?.debounceSeconds == 0.05)
        #expect(pins.cameraPower?.line.address == PinAddress("2:5") && pins.cameraPower?.offSeconds == 8)
        #expect(pins.statusLight?.address == PinAddress("22"))
        #expect(pins.timingLight?.address == PinAddress("lamp"))
        #expect(pins.pauseButton?.longestSeconds == 1800 && pins.pauseButton?.line.debounceSeconds == 0.05)
        #expect(pins.pps?.address == PinAddress("pulse") && pins.pps?.isActiveLow == true)
    }

    @Test func `Without the section there are no pins`() throws {
        let pins = try Self.decode("{}")
        #expect(pins == PinsConfiguration() && pins.lines.isEmpty)
    }

    @Test func `Mistakes are all said, each once`() {
        let error = #expect(throws: ConfigurationError.self) {
            try Self.decode(
                """
                roof: {line: "two words", active: shut}
                rain: {active_low: true}
                camera_power: {line: relay, debounce: 1 s}
                dome: {line: x}
                """)
        }
        #expect(
            error?.mistakes.map(\.key) == ["roof.line", "roof.active", "rain.line", "camera_power.debounce", "dome"])
    }

    @Test func `A line serves one purpose`() {
        let error = #expect(throws: ConfigurationError.self) {
            try Self.decode("roof: {line: a}\nrain: {line: b}\ncamera_power: {line: a}")
        }
        #expect(error?.mistakes.map(\.key) == ["camera_power"])
        #expect(error?.mistakes.first?.message == "the line 'a' serves pins.roof already")
    }
}
