// SPDX-License-Identifier: Apache-2.0

import Detection
import Ephemeris
import Settings

/// Everything that the agent on one box is told: who it is, where it stands, what it looks at and where it reports.
///
/// One section of the file is one property here and one file of this folder. The examples in `firmware-config` explain
/// every key to the operator.
public struct AgentConfiguration: Sendable, Hashable {
    /// What the camera looks at.
    public var target: ObservationTarget
    /// Who reports.
    public var station: StationConfiguration
    /// Where the camera stands.
    public var site: SiteConfiguration
    /// Where the frames come from.
    public var camera: CameraConfiguration
    /// What is wired to the box's GPIO lines.
    public var pins: PinsConfiguration
    /// What counts as an event.
    public var detection: DetectionConfiguration
    /// What pixels and ADU mean.
    public var calibration: CalibrationConfiguration
    /// What is kept of an event.
    public var evidence: EvidenceConfiguration
    /// Where events wait until a broker has them.
    public var outbox: OutboxConfiguration
    /// Who gets them.
    public var broker: BrokerConfiguration
    /// What the solar wind at the target is expected to do; nil if nobody asks.
    public var forecast: ForecastConfiguration?
    /// Where monitoring systems get figures.
    public var metrics: MetricsConfiguration
    /// What the journal is told.
    public var log: LogConfiguration

    /// Reads the configuration file at `path`.
    ///
    /// - Throws: every mistake in the file, each with line, column and what to write instead.
    public static func load(_ path: String) throws(ConfigurationError) -> AgentConfiguration {
        try SettingsDocument(path: path).decode { AgentConfiguration(&$0) }
    }

    /// Reads the root section of a file.
    init(_ root: inout SettingsSection) {
        target = root.read("target", .choice())
        station = root.section("station") { StationConfiguration(&$0) }
        site = root.section("site") { SiteConfiguration(&$0) }
        camera = root.section("camera") { CameraConfiguration(&$0) }
        pins = root.section("pins") { PinsConfiguration(&$0) }
        detection = root.section("detection") { DetectionConfiguration(&$0) }
        calibration = root.section("calibration") { CalibrationConfiguration(&$0) }
        evidence = root.section("evidence") { EvidenceConfiguration(&$0) }
        outbox = root.section("outbox") { OutboxConfiguration(&$0) }
        broker = root.section("broker") { BrokerConfiguration(&$0) }
        forecast = root.sectionIfPresent("forecast") { ForecastConfiguration(&$0) }
        metrics = root.section("metrics") { MetricsConfiguration(&$0) }
        log = root.section("log") { LogConfiguration(&$0) }
        if let forecast {
            if target.forecastPlanet == nil {
                root.reject(
                    "forecast", "there is no prediction of the solar wind for the target \(target.rawValue)",
                    remedy: "leave the section out, or watch a planet")
            }
            if forecast.falseAlarmsPerHour < detection.falseAlarmsPerHour {
                root.reject(
                    "forecast", "false_alarms of a campaign are fewer than those of detection",
                    remedy: "a campaign looks closer: put up with more, or the same")
            }
        }
    }

    /// The configuration for recordings that come without one: test events of a station somewhere on Earth.
    public static func standard(for target: ObservationTarget) -> AgentConfiguration {
        AgentConfiguration(target: target)
    }

    private init(target: ObservationTarget) {
        self.target = target
        station = .unconfigured
        site = .somewhereOnEarth
        camera = CameraConfiguration()
        pins = PinsConfiguration()
        detection = DetectionConfiguration()
        calibration = CalibrationConfiguration()
        evidence = EvidenceConfiguration()
        outbox = OutboxConfiguration()
        broker = BrokerConfiguration(host: "127.0.0.1")
        metrics = MetricsConfiguration()
        log = LogConfiguration()
    }
}

extension ObservationTarget {
    /// The planet at which the solar wind is predicted for a station with this target; nil if it is none.
    var forecastPlanet: Planet? { self == .jupiter ? .jupiter : nil }
}
