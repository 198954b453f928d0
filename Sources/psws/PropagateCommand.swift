// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Console
import Ephemeris
import Predictions
import Propagation
import UTC

extension PropagationMode: ExpressibleByArgument {}

/// How a table is written.
enum TableFormat: String, ExpressibleByArgument, CaseIterable {
    /// As text, as VOTable with rows as bytes, for spreadsheets and for programs.
    case votable, binary2, csv, json
}

/// `psws propagate`: the solar wind at a planet from that at the Earth.
struct PropagateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "propagate",
        abstract: "Predict the solar wind at a planet from measurements near the Earth.",
        discussion: """
            Prints one line an hour: distance, density, velocity, temperature, field, dynamic pressure, the angle \
            between target and Earth, and how well all that is known. For example:
              psws propagate --target jupiter --from 2016-05-01 --to 2016-06-30 --format csv omni2_2016.dat.gz

            INPUT files are hourly OMNI2, monthly ACE real-time files or JSON of SWPC, packed with gzip or not; the \
            format is recognised by the content. Give at least the month before --from, since the wind needs that to \
            arrive.

            With --members, as many predictions are made as are asked for, which differ in what is not known: the \
            Sun's rotation, the time of arrival, gusts, the pressure of electrons. Columns with the median and the \
            range from 16 to 84 % of pressure, speed and density follow, and the part of the members for which the \
            condition of --where holds.
            """)

    /// Largest input file in bytes, packed or not.
    private static let maximumBytes = 256 << 20

    @Option(
        help: ArgumentHelp(
            "mercury, venus, earth, mars, jupiter, saturn, uranus, neptune, or a file of lines time,x,y,z "
                + "(AU, ecliptic of J2000).", valueName: "body"))
    var target: String

    @Option(help: ArgumentHelp("First hour, ISO 8601, UTC.", valueName: "time"))
    var from: String

    @Option(help: ArgumentHelp("Last hour; a day alone means all of it.", valueName: "time"))
    var to: String

    @Option(
        help: ArgumentHelp(
            "tao: as Tao et al. 2005 in AMDA; physics: electron pressure, all components, neutral hydrogen."))
    var mode = PropagationMode.tao

    @Option(help: "How to print it.")
    var format = TableFormat.votable

    @Option(help: ArgumentHelp("Make an ensemble of so many predictions, 2 to 256.", valueName: "n"))
    var members: Int?

    @Option(
        name: .customLong("where"),
        help: ArgumentHelp("What the members' probability is of, as for psws intervals.", valueName: "condition"))
    var condition = "pdyn > 0.1 nPa"

    @Option(
        help: ArgumentHelp(
            "Cells of the members are so many times as wide, 1 to 4; 2 takes a quarter of the time and lowers peaks.",
            valueName: "times"))
    var memberCells = 2

    @Argument(help: ArgumentHelp("Files with measurements; - is standard input.", valueName: "input"))
    var inputs: [String]

    mutating func validate() throws {
        _ = try times()
        do { _ = try ensemble() } catch { throw ValidationError("\(error)") }
        if Planet(rawValue: target.lowercased()) == nil, !target.contains("/"), !target.contains(".") {
            let names = Planet.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--target '\(target)' is neither a file nor one of \(names).")
        }
    }

    func run() throws {
        do {
            let prediction = try prediction()
            switch format {
            case .csv: StandardOutput.write(String(prediction.csv.dropLast()))
            case .json: StandardOutput.write(PredictionTable.json(prediction).description)
            case .votable, .binary2:
                let table = try PredictionTable.votable(prediction, as: format == .votable ? .tableData : .binary2)
                StandardOutput.write(String(decoding: table, as: UTF8.self))
            }
        } catch {
            StandardError.write("\(error)")
            throw ExitCode.failure
        }
    }

    private func prediction() throws -> PredictedWind {
        var report = InputReport()
        var measurements: [SolarWindMeasurement] = []
        for input in inputs {
            measurements += try SolarWindFile.read(try bytes(of: input), name: input, report: &report)
        }
        let (first, last) = try times()
        let request = try PropagationRequest(target: try place(), from: first, to: last, mode: mode)
        guard let ensemble = try ensemble() else {
            return try SolarWindPropagator.predict(request, from: measurements, report: report)
        }
        let bar = ProgressBar("\(ensemble.memberCount) members to \(request.target.name)")
        defer { bar.finish() }
        return try ensemble.predict(request, from: measurements, report: report) { bar.show($0) }
            .wind(condition: WindCondition(condition))
    }

    private func ensemble() throws(PropagationError) -> SolarWindEnsemble? {
        // Whoever wants no members hears of a mistake in the condition, too.
        _ = try WindCondition(condition)
        guard let members else { return nil }
        return try SolarWindEnsemble(memberCount: members, coarsening: memberCells)
    }

    private func place() throws -> PropagationTarget {
        if let planet = Planet(rawValue: target.lowercased()) { return .planet(planet) }
        return .table(try PositionTable(reading: try bytes(of: target), name: target))
    }

    private func bytes(of file: String) throws -> [UInt8] {
        do {
            return try InputFile.bytes(of: file, limit: PropagateCommand.maximumBytes)
        } catch {
            throw InputFile.Failure(description: "\(file): \(error)")
        }
    }

    private func times() throws -> (from: UTCInstant, to: UTCInstant) {
        guard let first = UTCInstant(iso8601: from) else {
            throw ValidationError("--from '\(from)' is no date and time; write it as 2016-05-01T00:00:00Z.")
        }
        guard let last = UTCInstant(iso8601: to) else {
            throw ValidationError("--to '\(to)' is no date and time; write it as 2016-06-30T23:00:00Z.")
        }
        // A day alone has ten characters and means its last hour.
        let end = to.utf8.count == 10 ? last.advanced(bySeconds: 23 * 3600) : last
        guard end >= first else { throw ValidationError("--to lies before --from.") }
        return (first, end)
    }
}
