// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Console

/// The command that measures: every figure in the documentation comes from here.
@main
struct PSWSBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "psws-bench",
        abstract: "Measures what PSWS claims: sensitivity, false alarms, accuracy, speed and size.",
        subcommands: [
            AcceptanceBench.self, CalibrationBench.self, DetectionBench.self, SpeedBench.self, FootprintBench.self,
            PropagationBench.self,
        ])

    static func main() async { await runAsProgram() }
}
