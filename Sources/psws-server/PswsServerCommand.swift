// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Console

/// The command of the centre.
@main
struct PswsServerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "psws-server",
        abstract: "The centre: takes VOEvents from observatories, keeps them and relays them to subscribers.",
        discussion: "Exit codes: 0 done, 1 the work failed or the input is bad, 2 wrong usage.",
        subcommands: [
            RunCommand.self, CheckConfigCommand.self, ArchiveCommand.self, TokenCommand.self,
            FingerprintCommand.self, PredictCommand.self,
        ])

    static func main() async { await runAsProgram() }
}
