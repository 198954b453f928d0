// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

#if canImport(Glibc)
    import Glibc
#endif

/// The command for people and scripts: packets, brokers and the solar wind.
@main
struct Psws: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "psws",
        abstract: "Tools for VOEvent packets, brokers and the solar wind.",
        discussion: "Exit codes: 0 done, 1 the work failed or the input is bad, 2 wrong usage.",
        subcommands: [ValidateCommand.self, SendCommand.self, ListenCommand.self])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            // The library says 64 for wrong usage; the house says 2.
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            StandardError.write(fullMessage(for: error))
            Glibc.exit(2)
        }
    }
}
