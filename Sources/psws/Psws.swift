// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc

/// The command for people and scripts.
@main
struct Psws: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "psws",
        abstract: "Work with VOEvents: send them and listen to brokers.",
        subcommands: [SendCommand.self, ListenCommand.self])

    /// Runs the command; exit code 0 = done, 1 = the work failed or the input is bad, 2 = wrong usage.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asyncCommand = command as? any AsyncParsableCommand {
                try await asyncCommand.run()
            } else {
                try command.run()
            }
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            Console.complain(fullMessage(for: error))
            Glibc.exit(2)
        }
    }
}
