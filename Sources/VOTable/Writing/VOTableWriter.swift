// SPDX-License-Identifier: Apache-2.0

import XML

/// Writes VOTable 1.4, after checking that it follows the standard.
///
/// Version 1.4 is the newest that the readers in the field know without warnings, and the first with TIMESYS.
public enum VOTableWriter {
    /// The document as UTF-8. The same document gives the same bytes.
    ///
    /// - Throws: the first of `VOTableCheck.problems(in:)`, or `notWritable` for characters that XML cannot hold and cells
    ///   that do not fit to their column.
    public static func write(
        _ document: VOTableDocument, as serialisation: VOTableSerialisation = .tableData
    ) throws(VOTableError) -> [UInt8] {
        if let problem = VOTableCheck.problems(in: document).first { throw problem }
        // Deep indentation would be most of a long table.
        var writer = XMLWriter(indentation: 1)
        writer.startDocument(document)
        for resource in document.resources { try write(resource, to: &writer, as: serialisation) }
        writer.end()
        do {
            return try writer.finish()
        } catch {
            throw notWritable(error)
        }
    }

    static func notWritable(_ error: XMLError) -> VOTableError {
        VOTableError(.notWritable, place: "VOTable", message: error.message, remedy: error.remedy)
    }

    private static func write(
        _ resource: VOTableResource, to writer: inout XMLWriter, as serialisation: VOTableSerialisation
    ) throws(VOTableError) {
        writer.startResource(resource)
        for table in resource.tables {
            writer.startTable(table, rowCount: table.rowCount)
            var rows = RowSerialiser(serialisation, columns: table.columns.map(\.field.name))
            var content: [UInt8] = []
            try rows.append(table.columns.map { VOTableCells($0.values) }, to: &content)
            rows.finish(into: &content)
            writer.startRows(serialisation)
            if !content.isEmpty { writer.content([UInt8(ascii: "\n")] + content) }
            writer.endRows(serialisation)
            writer.end()
        }
        for inner in resource.resources { try write(inner, to: &writer, as: serialisation) }
        writer.end()
    }
}

/// Rows in one of the serialisations, piece by piece.
struct RowSerialiser {
    private let serialisation: VOTableSerialisation
    private let names: [String]
    private var encoder = Base64Encoder()
    private var bytes: [UInt8] = []

    /// - Parameter columns: names for messages.
    init(_ serialisation: VOTableSerialisation, columns names: [String]) {
        self.serialisation = serialisation
        self.names = names
    }

    /// Appends rows.
    mutating func append(_ columns: [VOTableCells], to output: inout [UInt8]) throws(VOTableError) {
        switch serialisation {
        case .tableData:
            guard let column = RowText.append(columns, to: &output) else { return }
            throw VOTableError(
                .notWritable, place: "column \(names[column])", message: "a text has characters that XML cannot hold")
        case .binary2:
            bytes.removeAll(keepingCapacity: true)
            if let problem = RowBytes.append(columns, to: &bytes) {
                throw VOTableError(.notWritable, place: "column \(names[problem.column])", message: problem.message)
            }
            encoder.encode(bytes, into: &output)
        }
    }

    /// Appends what is left.
    mutating func finish(into output: inout [UInt8]) {
        if serialisation == .binary2 { encoder.finish(into: &output) }
    }
}
