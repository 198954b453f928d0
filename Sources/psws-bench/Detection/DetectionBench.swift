// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Camera
import DetectionTrials

/// `psws-bench detection`: how much of what happens is found, and how much is found that did not happen.
struct DetectionBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "detection",
        abstract: "Completeness, false alarms, errors of measurement and reliability, against the physical limit.",
        discussion: """
            Without any of --completeness, --false-alarms, --measurement and --reliability all four are measured. \
            Everything follows from the seed: the same numbers give the same tables.

            For the false alarms that a station may have (one in ten hours) give --minutes 60 --size 640x480; the \
            default shows gross mistakes in a few minutes.
            """)

    @Flag(help: "Completeness against signal to noise, next to the bound of the ideal detector.")
    var completeness = false

    @Flag(help: "False alarms by noise, faults of the camera, weather and what flies.")
    var falseAlarms = false

    @Flag(help: "Errors of place, time, duration, flux and signal to noise.")
    var measurement = false

    @Flag(help: "Given probabilities against what was true.")
    var reliability = false

    @Option(help: "Flashes of each kind in white noise.")
    var injections = 300

    @Option(help: "Minutes of each disk in bad air, for completeness.")
    var diskMinutes = 4.0

    @Option(help: "Minutes of each nuisance, for false alarms; noise alone gets four times as many.")
    var minutes = 0.25

    @Option(help: "Columns and rows of the frames for false alarms, as in 640x480; Jupiter's are square.")
    var size = FrameSize(width: 256, height: 192)

    @Option(name: .customLong("target"), help: "Only this target, for false alarms; may be given again.")
    var targets: [SceneConfiguration.Kind] = []

    @Option(name: .customLong("nuisance"), help: "Only this nuisance, for false alarms; may be given again.")
    var nuisances: [Nuisance] = []

    @Option(help: "Minutes of each target's mixture, for reliability.")
    var mixtureMinutes = 2.0

    @Option(help: "Seed of everything random.")
    var seed: UInt64 = 1

    @Option(help: "Trials that run at the same time; the tables do not depend on it.")
    var jobs = 2

    @Flag(help: "Print JSON, one object a line, instead of tables.")
    var json = false

    @Option(help: "Folder for the pictures, as SVG.")
    var plots: String?

    @Option(help: "Markdown file for the tables; in an existing one only those are replaced.")
    var markdown: String?

    func validate() throws {
        guard injections >= 1, jobs >= 1, diskMinutes > 0, minutes > 0, mixtureMinutes > 0 else {
            throw ValidationError("Numbers of flashes, minutes and jobs must be above 0.")
        }
    }

    func run() async throws {
        let takesAll = !(completeness || falseAlarms || measurement || reliability)
        var report = BenchReport(printsJSON: json)
        if takesAll || completeness {
            let bench = CompletenessBench(injections: injections, diskSeconds: 60 * diskMinutes, seed: seed)
            report.add(try await bench.run(jobs: jobs))
        }
        if takesAll || measurement {
            let bench = MeasurementBench(injections: max(1, injections / 4), seed: seed)
            report.add(try await bench.run(jobs: jobs))
        }
        if takesAll || falseAlarms {
            let bench = FalseAlarmBench(
                kinds: targets.isEmpty ? SceneConfiguration.Kind.allCases : targets,
                nuisances: nuisances.isEmpty ? Nuisance.allCases : nuisances, size: size, seconds: 60 * minutes,
                seed: seed)
            report.add(try await bench.run(jobs: jobs))
        }
        if takesAll || reliability {
            let bench = ReliabilityBench(seconds: 60 * mixtureMinutes, seed: seed)
            report.add(try await bench.run(jobs: jobs))
        }
        if let plots { try report.writePlots(to: plots) }
        if let markdown { try report.writeMarkdown(to: markdown) }
    }
}

extension SceneConfiguration.Kind: ExpressibleByArgument {}

extension Nuisance: ExpressibleByArgument {}
