// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Console

/// The command that measures: every figure in the documentation comes from here.
@main
struct PSWSBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "psws-bench",
        abstract: "Measures what PSWS claims: sensitivity, false alarms, speed, size, broker and prediction.",
        subcommands: [
            AcceptanceBench.self, BrokerBench.self, CalibrationBench.self, DetectionBench.self, SpeedBench.self,
            FootprintBench.self, PropagationBench.self,
        ])

    static func main() async { await runAsProgram() }
}
