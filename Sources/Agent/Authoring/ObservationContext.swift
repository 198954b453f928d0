// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection

/// What every event of one stream of frames has in common: who looks, from where, at what, with which camera.
public struct ObservationContext: Sendable {
    /// Who reports.
    public let station: StationConfiguration
    /// Where the camera stands; nil if nobody knows.
    public let site: SiteConfiguration?
    /// What the camera looks at.
    public let target: ObservationTarget
    /// Camera or sensor as it stands in the events.
    public let instrument: String
    /// Telescope or lens; nil if unknown.
    public let telescope: String?
    /// Shape, rate and exposure of the frames.
    public let source: SourceDescription
    /// What is done to the stamps of the frames, in sentences; nil for nothing.
    public let timing: String?
    /// Address under which the evidence can be fetched, ending in `/`; nil if it stays on the box.
    public let evidenceURL: String?

    /// The context of frames from `source` under a configuration.
    ///
    /// - Parameters:
    ///   - hasSite: false for a recording without a configuration, whose site is unknown.
    ///   - calibration: of the camera's stamps; it counts only if it was made with the settings of `source`.
    public init(
        configuration: AgentConfiguration, source: SourceDescription, hasSite: Bool = true,
        calibration: TimingCalibration? = nil
    ) {
        var station = configuration.station
        station.contact.title = station.contact.title.writableInXML
        station.contact.shortName = station.contact.shortName?.writableInXML
        station.contact.name = station.contact.name?.writableInXML
        self.station = station
        site = hasSite ? configuration.site : nil
        target = configuration.target
        instrument = (configuration.camera.instrument ?? source.instrument ?? "unnamed camera").writableInXML
        telescope = (configuration.camera.telescope ?? source.telescope)?.writableInXML
        self.source = source
        timing = ObservationContext.timing(configuration.camera, calibration, source)
        evidenceURL = configuration.evidence.url
    }

    /// What is done to the stamps of the frames, in words; nil for nothing.
    private static func timing(
        _ camera: CameraConfiguration, _ calibration: TimingCalibration?, _ source: SourceDescription
    ) -> String? {
        var sentences: [String] = []
        if camera.kind == .v4l2, let seconds = camera.device.latencySeconds {
            let error = (1000 * camera.device.latencyErrorSeconds).fixed(3)
            sentences.append("Corrected for stamps \((1000 * seconds).fixed(3)) ms ± \(error) ms late, as configured.")
        } else if let calibration, calibration.holds(for: source) {
            sentences.append("Corrected for stamps \(calibration.text), with a light in the field of view.")
        }
        if let rowSeconds = camera.rowSeconds {
            sentences.append("Moved to the event's row, \((1e6 * rowSeconds).fixed(3)) µs a row.")
        }
        return sentences.isEmpty ? nil : sentences.joined(separator: " ")
    }

    /// What the evidence files say of the station.
    var evidence: EvidenceContext {
        EvidenceContext(
            stationName: station.name, targetName: target.bodyName, instrument: instrument, telescope: telescope,
            exposureSeconds: source.exposureSeconds,
            site: site.map {
                EvidenceContext.Site(
                    longitudeDegrees: $0.longitudeDegrees, latitudeDegrees: $0.latitudeDegrees,
                    heightMeters: $0.heightMetres)
            }, software: AgentVersion.software)
    }
}

extension ObservationTarget {
    /// The body on or near which events of the target happen.
    var bodyName: String {
        switch self {
        case .moon: "Moon"
        case .jupiter: "Jupiter"
        case .sky: "Earth"
        }
    }

    /// Class of the body in EPN-TAP's words (EPNcore 2.0, `target_class`).
    var bodyClass: String { self == .moon ? "satellite" : "planet" }

    /// Part of the body in EPN-TAP's words (`target_region`).
    var bodyRegion: String { self == .moon ? "surface" : "atmosphere" }
}
