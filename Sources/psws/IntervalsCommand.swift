// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Console
import Predictions
import Propagation

/// `psws intervals`: when a condition holds in a predicted series.
struct IntervalsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "intervals",
        abstract: "Find the intervals in which a condition on the predicted solar wind holds.",
        discussion: """
            Reads what psws propagate printed, as CSV or as VOTable. For example:
              psws intervals --where 'pdyn > 0.1 nPa and v > 450 km/s' jupiter.csv

            Quantities are pdyn (nPa), v and vt (km/s), n (cm-3), t (K, eV), b, br, bt, bn (nT), r (AU), angle (deg) \
            and quality; they are compared by > >= < <= and joined by and, or, not and brackets. Times between the \
            hours are those of straight lines.
            """)

    /// How the intervals are printed.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        /// A catalogue, a table of begins and ends alone, and others.
        case votable, timetable, json, voevent
    }

    @Option(name: .customLong("where"), help: ArgumentHelp("What must hold.", valueName: "condition"))
    var condition: String

    @Option(
        help: "How to print them; timetable has begins and ends alone, as AMDA and speasy read them.")
    var format = Format.votable

    @Option(help: ArgumentHelp("Join intervals with at most so many hours between them.", valueName: "hours"))
    var mergeGap = IntervalSettings().mergeGapHours

    @Option(help: ArgumentHelp("Leave out what is shorter.", valueName: "hours"))
    var minimumDuration = IntervalSettings().minimumHours

    @Option(
        help: ArgumentHelp(
            "End an interval when a quantity is back at this part of its threshold; 1 for the threshold itself.",
            valueName: "part"))
    var hysteresis = IntervalSettings().hysteresis

    @Argument(help: ArgumentHelp("A predicted series; - is standard input.", valueName: "file"))
    var file: String

    mutating func validate() throws {
        do { _ = try search() } catch { throw ValidationError("\(error)") }
    }

    func run() throws {
        do {
            let bytes = try seriesBytes()
            let (series, remarks) = try PredictionReader.read(bytes, name: file)
            for remark in remarks { StandardError.write(remark) }
            let search = try search()
            let table = IntervalTable(series: series, search: search, intervals: search.intervals(in: series.hours))
            switch format {
            case .json: StandardOutput.write(table.json.description)
            case .votable: StandardOutput.write(String(decoding: try table.votable(), as: UTF8.self))
            case .timetable: StandardOutput.write(String(decoding: try table.timeTable(), as: UTF8.self))
            case .voevent:
                for packet in try table.voevents() { StandardOutput.write(String(decoding: packet, as: UTF8.self)) }
            }
        } catch {
            StandardError.write("\(error)")
            throw ExitCode.failure
        }
    }

    private func seriesBytes() throws -> [UInt8] {
        do {
            return try InputFile.bytes(of: file, limit: 256 << 20)
        } catch {
            throw InputFile.Failure(description: "\(file): \(error)")
        }
    }

    private func search() throws(PropagationError) -> IntervalSearch {
        var settings = IntervalSettings()
        settings.mergeGapHours = mergeGap
        settings.minimumHours = minimumDuration
        settings.hysteresis = hysteresis
        return try IntervalSearch(try WindCondition(condition), settings: settings)
    }
}
