// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection
import UTC

@testable import Agent

/// A station with everything that a configuration can say.
enum Station {
    static var configuration: AgentConfiguration {
        var configuration = AgentConfiguration.standard(for: .moon)
        configuration.station.name = "pic-du-midi"
        configuration.station.authority = "psws.irap"
        configuration.station.stream = "flashes"
        configuration.station.role = .observation
        configuration.station.contact.title = "PSWS at IRAP"
        configuration.station.contact.shortName = "PSWS"
        configuration.station.contact.name = "Observer on duty"
        configuration.station.contact.email = "psws@irap.example"
        configuration.site.longitudeDegrees = 0.1426
        configuration.site.latitudeDegrees = 42.9365
        configuration.site.heightMetres = 2877
        configuration.camera.instrument = "Basler acA1920"
        configuration.camera.telescope = "T60"
        configuration.evidence.url = "https://psws.irap.example/evidence/"
        return configuration
    }

    static func source(_ scene: FlashScene = FlashScene()) -> SourceDescription {
        SourceDescription(
            name: "scene", format: scene.format, framesPerSecond: scene.framesPerSecond, exposureSeconds: 0.033)
    }

    static func context(
        _ configuration: AgentConfiguration = configuration, scene: FlashScene = FlashScene(), hasSite: Bool = true
    ) -> ObservationContext {
        ObservationContext(configuration: configuration, source: source(scene), hasSite: hasSite)
    }

    /// Time of writing of every packet of the tests.
    static let now = UTCInstant(nanosecondsSince1970: 1_774_123_200_000_000_000)
}
