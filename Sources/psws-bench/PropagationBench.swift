// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Console
import Glibc
import JSON
import Propagation

/// `psws-bench propagation`: how fast the solar wind is computed.
struct PropagationBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "propagation",
        abstract:
            "Speed of the solver: cells times steps a second on one core, beside a plain loop over as many numbers.",
        discussion: """
            The yardstick is a sum over numbers that all depend on the one before: what the core does in a second whatever \
            its vectors. A step has two stages for each of eight quantities.
            """)

    @Option(help: ArgumentHelp("Cells, a multiple of eight.", valueName: "n"))
    var cells = 688

    @Option(help: ArgumentHelp("Steps of each measurement.", valueName: "n"))
    var steps = 4000

    @Option(
        help: ArgumentHelp(
            "Instead of measuring, draw each test of the solver's ladder into this folder.", valueName: "dir"))
    var plots: String?

    @Flag(help: "Print one JSON object a line.")
    var json = false

    mutating func validate() throws {
        guard cells >= 32, cells % 8 == 0, cells <= 100_000 else {
            throw ValidationError("--cells must be a multiple of eight from 32 to 100000.")
        }
        guard (1...1_000_000).contains(steps) else { throw ValidationError("--steps must be from 1 to 1000000.") }
    }

    func run() throws {
        if let plots {
            var report = BenchReport(printsJSON: json)
            report.add(BenchSection(plots: VerificationLadder.rungs().map { ($0.name, LadderPlots.plot($0)) }))
            return try report.writePlots(to: plots)
        }
        let yardstick = dependentAdditionsPerSecond()
        for reconstruction in Reconstruction.allCases {
            for work in SolverTrial.Work.allCases {
                for isEnsemble in [false, true] {
                    report(reconstruction, work, isEnsemble: isEnsemble, yardstick: yardstick)
                }
            }
        }
    }

    private func report(
        _ reconstruction: Reconstruction, _ work: SolverTrial.Work, isEnsemble: Bool, yardstick: Double
    ) {
        var trial = SolverTrial(work, cells: cells, isEnsemble: isEnsemble, reconstruction: reconstruction)
        let count = max(1, steps / trial.memberCount)
        trial.run(steps: max(1, count / 10))
        let before = trial.counts.cellSteps
        let start = threadSeconds()
        trial.run(steps: count)
        let rate = Double(trial.counts.cellSteps - before) / (threadSeconds() - start)
        if json {
            StandardOutput.write(
                JSONText.object([
                    ("reconstruction", .string(reconstruction.rawValue)), ("work", .string(work.rawValue)),
                    ("members", .integer(trial.memberCount)), ("cells", .integer(cells)),
                    ("cell_steps_per_second", .number(rate)), ("additions_per_cell_step", .number(yardstick / rate)),
                ]).description)
        } else {
            let name =
                "\(reconstruction.rawValue) \(work.rawValue) \(trial.memberCount == 1 ? "one run" : "\(trial.memberCount) members")"
            let millions = (rate / 1e5).rounded() / 10
            StandardOutput.write(
                "\(name): \(millions) million cell-steps/s, \(Int((yardstick / rate).rounded())) dependent additions each"
            )
        }
    }

    /// Additions a second, each of which waits for the one before.
    private func dependentAdditionsPerSecond() -> Double {
        var sum = 0.0
        let count = 50_000_000
        let start = threadSeconds()
        for index in 0..<count { sum += Double(index & 7) }
        let seconds = threadSeconds() - start
        // Keeps the sum from being left out.
        return sum < 0 ? 0 : Double(count) / seconds
    }

    /// Processor time of this thread in seconds.
    private func threadSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
