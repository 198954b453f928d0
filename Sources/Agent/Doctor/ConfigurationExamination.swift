// SPDX-License-Identifier: Apache-2.0

/// Whether the agent can run with its configuration, and whether anybody has described the station.
struct ConfigurationExamination {
    let path: String

    private static let subject = "configuration"

    /// What was found, and the configuration, if it can be read.
    func findings() -> (findings: [Finding], configuration: AgentConfiguration?) {
        let configuration: AgentConfiguration
        do {
            configuration = try AgentConfiguration.load(path)
        } catch {
            let mistakes = error.mistakes.map {
                Finding.failed(
                    Self.subject, "\(error.file):\($0)",
                    remedy: "correct the file; nothing else was looked at that it names")
            }
            return (mistakes, nil)
        }
        var findings = [Finding.ok(Self.subject, "\(path) watches \(configuration.target.rawValue)")]
        if Self.isPlaceholder(configuration.station) {
            findings.append(
                .warning(
                    "station", "nobody has described it yet: it is called '\(configuration.station.name)'",
                    remedy: "write station and site into \(path); the examples explain every key"))
        } else if configuration.station.role == .test {
            findings.append(
                .warning(
                    "station", "its events are tests, on which nobody acts",
                    remedy: "write role: observation once the centre has seen its first events"))
        }
        return (findings, configuration)
    }

    /// True for the station of the configuration that the package installs.
    private static func isPlaceholder(_ station: StationConfiguration) -> Bool {
        station.authority == "psws.local" || station.name == "unnamed"
    }
}
