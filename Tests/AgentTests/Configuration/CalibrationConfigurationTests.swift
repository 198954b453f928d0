// SPDX-License-Identifier: Apache-2.0

import Settings
import Testing

@testable import Agent

@Suite struct CalibrationConfigurationTests {
    private func decode(_ yaml: String) throws -> CalibrationConfiguration {
        try SettingsDocument(yaml: Array(yaml.utf8), file: "box.yaml").decode { CalibrationConfiguration(&$0) }
    }

    @Test func `Every key has its meaning`() throws {
        let found = try decode(
            """
            position_angle: 12.5 deg
            position_angle_error: 30 arcmin
            mirrored: true
            zero_point: 18.2 mag
            zero_point_error: 0.3 mag
            band: V
            luminous_efficiency: 0.002
            impact_speed: 59 km/s
            """)
        #expect(found.orientation?.positionAngleDegrees == 12.5)
        #expect(found.orientation?.positionAngleErrorDegrees == 0.5)
        #expect(found.orientation?.isMirrored == true)
        #expect(found.zeroPoint?.magnitude.value == 18.2 && found.zeroPoint?.magnitude.standardError == 0.3)
        #expect(found.zeroPoint?.band == .v)
        #expect(found.lunarImpact.luminousEfficiency.value == 0.002)
        #expect(found.lunarImpact.impactSpeedKilometresPerSecond == 59)
    }

    @Test func `What is left out stays unknown`() throws {
        let found = try decode("band: I")
        #expect(found.orientation == nil && found.zeroPoint == nil)
        #expect(found.lunarImpact.impactSpeedKilometresPerSecond == 17)
    }

    @Test func `Mistakes say what to write`() {
        let error = #expect(throws: ConfigurationError.self) {
            try decode("zero_point: 18.2\nband: B\nimpact_speed: 17 kps\nposition_angel: 3 deg")
        }
        let text = error?.description ?? ""
        for words in [
            "write the magnitude with one of mag", "write V, R, I", "m/s, km/s", "did you mean 'position_angle'?",
        ] {
            #expect(text.contains(words), "\(words) in \(text)")
        }
    }
}
