// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

/// The command of the centre.
@main
struct PswsServerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "psws-server",
        abstract: "The centre: takes VOEvents from observatories, keeps them and relays them to subscribers.",
        subcommands: [RunCommand.self])

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
            FileHandle.standardError.write(Data((fullMessage(for: error) + "\n").utf8))
            Foundation.exit(2)
        }
    }
}
