// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Console
import JSON
import Portal

/// `psws-server token`: makes a token for an author.
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Make a token with which an author may submit events over HTTP.",
        discussion: """
            Prints the token, which goes to the author and nowhere else, and the lines of the configuration by which \
            the server knows it. Nothing is stored. To take a token back, remove its lines and send SIGHUP.

            Try it:
              psws-server token --author 'Pic du Midi' --authority psws.irap
            """)

    @Option(help: ArgumentHelp("Name of the author, for log and messages.", valueName: "name"))
    var author = "Author"

    @Option(help: ArgumentHelp("Naming authority that the author may use; may be repeated.", valueName: "authority"))
    var authority = ["psws.example"]

    @Flag(help: "Print one line of JSON: author, authorities, token, sha256.")
    var json = false

    func run() throws {
        var generator = SystemRandomNumberGenerator()
        let token = AccessToken(using: &generator)
        let authorities = JSONText.array(authority.map { .string($0) })
        if json {
            StandardOutput.write(
                JSONText.object([
                    ("author", .string(author)), ("authorities", authorities), ("token", .string(token.text)),
                    ("sha256", .string(token.sha256)),
                ]).description)
            return
        }
        // JSON is YAML.
        StandardOutput.write(
            """
            \(token.text)

            http:
              tokens:
                - author: \(JSONText.string(author))
                  sha256: \(token.sha256)
                  authorities: \(authorities)
            """)
    }
}
