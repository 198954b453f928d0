// SPDX-License-Identifier: Apache-2.0

import Agent
import ArgumentParser
import Console

struct CheckConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-config",
        abstract: "Checks a configuration file and shows every mistake in it.",
        discussion: """
            Each mistake is one line, FILE:LINE:COLUMN: error: KEY: what is wrong (what to write instead). GPIO \
            lines that this machine does not have, or that another program has, are warnings. Nothing is connected.

            Exit code 0 if the agent can run with the file, 1 if not.
            """)

    @Argument(help: "The configuration file, YAML.", completion: .file(extensions: ["yaml", "yml"]))
    var file: String

    @Flag(help: "Print one JSON object for programs.")
    var json = false

    func run() throws {
        let check = ConfigurationCheck(path: file)
        if json {
            StandardOutput.write(check.json)
        } else if check.isValid {
            StandardOutput.write(check.text)
        } else {
            StandardError.write(check.text)
        }
        if !check.isValid { throw ExitCode.failure }
    }
}
