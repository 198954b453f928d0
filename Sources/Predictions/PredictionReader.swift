// SPDX-License-Identifier: Apache-2.0

public import Propagation
import UTC
import VOTable

/// Reads a predicted series in either of the formats that `psws propagate` writes it in.
public enum PredictionReader {
    /// Why a series could not be read.
    public struct Failure: Error, CustomStringConvertible {
        /// File, place and what is wrong there.
        public let description: String
    }

    /// The series, and remarks about the file that do not keep it from being read.
    ///
    /// - Throws: `PropagationError` or `Failure`, with the file and what is wrong in it.
    public static func read(_ bytes: [UInt8], name: String) throws -> (series: PredictedWind, remarks: [String]) {
        let first = bytes.first { !($0 == 32 || (9...13).contains($0) || $0 >= 0xEF) }
        guard first == UInt8(ascii: "<") else { return (try PredictedWind(readingCSV: bytes, name: name), []) }
        let (document, remarks) = try document(bytes, name: name)
        return (try series(document, name: name), remarks)
    }

    /// The whole VOTable, and remarks about it.
    static func document(
        _ bytes: [UInt8], name: String
    ) throws(Failure) -> (document: VOTableDocument, remarks: [String]) {
        let reading: VOTableReading
        do throws(VOTableReadingError) { reading = try VOTableReader().read(bytes) } catch {
            throw Failure(description: error.diagnostics.map { "\(name):\($0)" }.joined(separator: "\n"))
        }
        let remarks = reading.diagnostics.map { "\(name):\($0)" }
        guard reading.isComplete else {
            throw Failure(description: (remarks + ["\(name): the table is not whole"]).joined(separator: "\n"))
        }
        return (reading.document, remarks)
    }

    static func series(_ document: VOTableDocument, name: String) throws(Failure) -> PredictedWind {
        guard let resource = document.resources.first(where: { !$0.tables.isEmpty }), let table = resource.tables.first
        else { throw Failure(description: "\(name): there is no table") }
        func numbers(_ column: String) -> [Double?]? {
            switch table.columns.first(where: { $0.field.name == column })?.values {
            case .double(let list): list
            case .float(let list): list.map { $0.map(Double.init) }
            default: nil
            }
        }
        guard case .text(let times) = table.columns.first(where: { $0.field.name == "time" })?.values else {
            throw Failure(description: "\(name): there is no column time; give what psws propagate writes")
        }
        var columns: [[Double?]] = []
        for column in PredictedWind.columns.dropFirst() {
            guard let values = numbers(column) else {
                throw Failure(description: "\(name): there is no column \(column); give what psws propagate writes")
            }
            columns.append(values)
        }
        let spreads = PredictedWind.spreadColumns.compactMap(numbers)
        var hours: [PredictedHour] = []
        for (row, text) in times.enumerated() {
            guard let text, let time = UTCInstant(iso8601: text) else {
                throw Failure(description: "\(name): row \(row + 1): the time must be ISO 8601")
            }
            if let last = hours.last, time <= last.time {
                throw Failure(description: "\(name): row \(row + 1): the times must rise")
            }
            let n = columns.map { $0[row] ?? .nan }
            var hour = PredictedHour(
                time: time, distanceAU: n[0], density: n[1], radialSpeed: n[2], tangentialSpeed: n[3],
                temperature: n[4], br: n[5], bt: n[6], bn: n[7], dynamicPressure: n[8], angleDegrees: n[9],
                quality: n[10])
            hour.spread = PredictedWind.spread(of: spreads.map { $0[row] ?? .nan })
            hours.append(hour)
        }
        guard !hours.isEmpty else { throw Failure(description: "\(name): there is no hour in the table") }
        let facts = resource.infos.map { (name: $0.name, value: $0.value) }
        func fact(_ name: String) -> String? { facts.first { $0.name == name }?.value }
        return PredictedWind(
            target: fact("target") ?? "", mode: fact("mode").flatMap { PropagationMode(rawValue: $0) } ?? .tao,
            hours: hours, facts: facts)
    }
}
