// SPDX-License-Identifier: Apache-2.0

import Agent
import ArgumentParser
import Console

/// `psws-agent forecast`: what the solar wind at the target is expected to do.
struct ForecastCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "Print the solar wind predicted at the target, or bring the prediction up to date.",
        discussion: """
            Prints when the prediction was made and by whom, the intervals that are watched for with the events that \
            announced them, and whether the station looks closer at the moment because of one.

            With --update the prediction is fetched from the centre first; if that cannot be done and what is there is \
            older than six hours, the box predicts by itself, from the measurements that it has. The timer \
            psws-agent-forecast@psws-agent.timer does this every hour. A configuration without the section forecast \
            needs none, and --update does nothing.

            Exit code 0 if there is a prediction, 1 if there is none or the update failed.
            """)

    @Option(
        help: ArgumentHelp(
            "Configuration of the station (default: \(Doctor.usualConfigurationPath)).", valueName: "file"),
        completion: .file(extensions: ["yaml", "yml"]))
    var config: String?

    @Flag(help: "Bring the prediction up to date, and print one line.")
    var update = false

    @Flag(help: "Print the series hour by hour, too.")
    var hours = false

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        let configuration = try AgentConfiguration.load(config ?? Doctor.usualConfigurationPath)
        if update { return try bringUpToDate(configuration) }
        let report = try ForecastReport(configuration)
        StandardOutput.write(json ? report.json(showsHours: hours) : report.text(showsHours: hours))
    }

    private func bringUpToDate(_ configuration: AgentConfiguration) throws {
        guard configuration.forecast != nil else {
            StandardError.write("psws-agent: the configuration asks for no forecast")
            return
        }
        let outcome = try ForecastUpdate(configuration).run { StandardError.write("psws-agent: \($0)") }
        let report = try ForecastReport(configuration)
        StandardOutput.write(json ? report.json(showsHours: hours) : "\(outcome.rawValue): \(report.summary)")
    }
}
