// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Console
import Server

/// `psws-server predict`: one round of predictions that publishes nothing.
struct PredictCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict",
        abstract: "Try the predictions of a configuration: fetch, compute, and say what would be published.",
        discussion: """
            Fetches the feeds, keeps their measurements, predicts for every rule, and prints a line for each feed and \
            rule. No event is published and no prediction remembered; a running server is not disturbed.

            Exit code 0 if every feed and every rule gave a result, 1 if not.
            """)

    @Option(help: ArgumentHelp("Configuration file.", valueName: "file"))
    var config: String

    func run() async throws {
        guard let rounds = try PredictionRounds.trial(try ServerConfiguration(path: config)) else {
            throw ValidationError("\(config) has no section predictions.")
        }
        let report = try await rounds.run(isTrial: true)
        for line in report.lines.dropLast() { StandardOutput.write(line) }
        if !report.isGood { throw ExitCode.failure }
    }
}
