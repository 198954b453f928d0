// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

@main
struct PSWSAgentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "psws-agent", abstract: "Watches a planet and warns people.",
        subcommands: [CheckConfigCommand.self, OutboxCommand.self])
}
