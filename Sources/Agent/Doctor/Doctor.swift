// SPDX-License-Identifier: Apache-2.0

import NIOPosix

/// Looks at everything that a station needs, for an operator who is far away.
///
/// It changes nothing and may look while the agent runs. What it cannot see without being root it says.
public struct Doctor: Sendable {
    private let configurationPath: String

    /// A doctor for the station with this configuration.
    public init(configurationPath: String) { self.configurationPath = configurationPath }

    /// The configuration of the box with one camera, as the package installs it.
    public static let usualConfigurationPath = "/etc/psws/psws-agent.yaml"

    /// Looks at one thing after the other.
    ///
    /// - Parameter tell: gets each finding at once; a name server that is silent takes its time.
    /// - Returns: true if nothing has failed.
    public func examine(tell: (Finding) -> Void) async -> Bool {
        var isWell = true
        func report(_ findings: [Finding]) {
            for finding in findings {
                tell(finding)
                if finding.verdict == .failed { isWell = false }
            }
        }
        let (findings, configuration) = ConfigurationExamination(path: configurationPath).findings()
        report(findings)
        if let configuration {
            report(CameraExamination(camera: configuration.camera).findings())
            report(PinExamination(pins: configuration.pins).findings())
            report(await OutboxExamination(configuration: configuration.outbox).findings())
            report(DiskExamination(configuration: configuration.outbox).findings())
            report(await BrokerExamination(broker: configuration.broker).findings())
            report(ForecastExamination(configuration: configuration).findings())
        }
        var evidence = ClockEvidence.sample()
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        evidence?.chrony = await ChronyClient(eventLoopGroup: group).tracking()
        try? await group.shutdownGracefully()
        report(ClockExamination(evidence: evidence).findings())
        report(BoardExamination().findings())
        if let unit = ServiceUnit(configurationPath: configurationPath) {
            let state = unit.state()
            report(ServiceExamination(unit: unit.name, state: state).findings())
            if state?.isActive == true { report(MetricsExamination(path: unit.metricsPath).findings()) }
        }
        return isWell
    }
}
