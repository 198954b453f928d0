// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
import Glibc

extension AsyncParsableCommand {
    /// Parses the arguments and runs the command of a program: what its `main` does.
    ///
    /// Exit code 0 = done, 1 = the work failed or the input is bad, 2 = wrong usage. The library alone would say 64
    /// for wrong usage.
    public static func runAsProgram() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            StandardError.write(fullMessage(for: error))
            Glibc.exit(2)
        }
    }
}
