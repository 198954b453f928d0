// SPDX-License-Identifier: Apache-2.0

import Agent
import ArgumentParser
import Console

/// The agent's command line.
@main
struct PSWSAgentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "psws-agent",
        abstract: "Watches a planet and warns people.",
        discussion: "Exit codes: 0 done, 1 the work failed or the input is bad, 2 wrong usage.",
        version: AgentVersion.number,
        subcommands: [
            RunCommand.self, ReplayCommand.self, CheckConfigCommand.self, DoctorCommand.self, CamerasCommand.self,
            CalibrateTimingCommand.self, ForecastCommand.self, GapsCommand.self, OutboxCommand.self,
            SimulateCommand.self,
        ])

    static func main() async { await runAsProgram() }
}
