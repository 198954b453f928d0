// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Console

/// The command for people and scripts: check, send and receive VOEvents, predict the solar wind.
@main
struct Psws: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "psws",
        abstract: "Check, send and receive VOEvents; predict the solar wind at planets.",
        discussion: "Exit codes: 0 done, 1 the work failed or the input is bad, 2 wrong usage.",
        subcommands: [
            ValidateCommand.self, SendCommand.self, ListenCommand.self, PropagateCommand.self, IntervalsCommand.self,
        ])

    static func main() async { await runAsProgram() }
}
