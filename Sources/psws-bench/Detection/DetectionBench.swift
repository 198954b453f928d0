// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Camera
import DetectionTrials

/// `psws-bench detection`: how much of what happens is found, and how much is found that did not happen.
struct DetectionBench: ParsableCommand {
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
    var injections = 400

    @Option(help: "Minutes of each disk in bad air, for completeness.")
    var diskMinutes = 5.0

    @Option(help: "Minutes of each nuisance, for false alarms; noise alone gets four times as many.")
    var minutes = 0.5

    @Option(help: "Columns and rows of the frames for false alarms, as in 640x480; Jupiter's are square.")
    var size = FrameSize(width: 256, height: 192)

    @Option(help: "Minutes of each target's mixture, for reliability.")
    var mixtureMinutes = 2.0

    @Option(help: "Seed of everything random.")
    var seed: UInt64 = 1

    @Flag(help: "Print JSON, one object a line, instead of tables.")
    var json = false

    @Option(help: "Folder for the pictures, as SVG.")
    var plots: String?

    @Option(help: "Markdown file for the tables; in an existing one only those are replaced.")
    var markdown: String?

    func validate() throws {
        guard injections >= 1, diskMinutes > 0, minutes > 0, mixtureMinutes > 0 else {
            throw ValidationError("Numbers of events and minutes must be above 0.")
        }
    }

    func run() throws {
        let takesAll = !(completeness || falseAlarms || measurement || reliability)
        var report = BenchReport(printsJSON: json)
        if takesAll || completeness {
            let bench = CompletenessBench(injections: injections, diskSeconds: 60 * diskMinutes, seed: seed)
            report.add(try bench.run())
        }
        if takesAll || measurement {
            report.add(try MeasurementBench(injections: max(1, injections / 4), seed: seed).run())
        }
        if takesAll || falseAlarms {
            report.add(try FalseAlarmBench(size: size, seconds: 60 * minutes, seed: seed).run())
        }
        if takesAll || reliability {
            report.add(try ReliabilityBench(seconds: 60 * mixtureMinutes, seed: seed).run())
        }
        if let plots { try report.writePlots(to: plots) }
        if let markdown { try report.writeMarkdown(to: markdown) }
    }
}

/// Columns and rows, written as `640x480`.
struct FrameSize: ExpressibleByArgument {
    let width: Int
    let height: Int

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    init?(argument: String) {
        let parts = argument.split(separator: "x").compactMap { Int($0) }
        guard parts.count == 2, parts.allSatisfy({ (64...8192).contains($0) }) else { return nil }
        (width, height) = (parts[0], parts[1])
    }

    var defaultValueDescription: String { "\(width)x\(height)" }
}
