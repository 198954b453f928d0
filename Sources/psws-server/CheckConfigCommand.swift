// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Console
import Server

/// `psws-server check-config`: every mistake of a configuration file.
struct CheckConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-config",
        abstract: "Check a configuration file and show every mistake in it.",
        discussion: """
            Each mistake is one line, FILE:LINE:COLUMN: error: KEY: what is wrong (what to write instead). Of all \
            that it names only certificates and keys are opened.

            Exit code 0 if the server can run with the file, 1 if not.
            """)

    @Argument(help: "The configuration file, YAML.", completion: .file(extensions: ["yaml", "yml"]))
    var file: String

    func run() throws {
        _ = try ServerConfiguration(path: file)
        StandardOutput.write("\(file): no mistake found")
    }
}
