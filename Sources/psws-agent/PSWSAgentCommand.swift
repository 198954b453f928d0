// SPDX-License-Identifier: Apache-2.0

import Agent
import ArgumentParser
import Glibc

/// The agent's command line.
@main
struct PSWSAgentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "psws-agent",
        abstract: "Watches a planet and warns people.",
        discussion: "Exit codes: 0 done, 1 the work failed or the input is bad, 2 wrong usage.",
        version: AgentVersion.number,
        subcommands: [
            RunCommand.self, ReplayCommand.self, CheckConfigCommand.self, CamerasCommand.self, OutboxCommand.self,
            SimulateCommand.self,
        ])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            // The library says 64 for wrong usage; the house says 2.
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            printError(fullMessage(for: error))
            Glibc.exit(2)
        }
    }
}
