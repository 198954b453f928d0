// SPDX-License-Identifier: Apache-2.0

import XML

/// Writes a document with one table of any number of rows, piece by piece.
public struct VOTableStreamWriter: Sendable {
    private var writer: XMLWriter
    private var rows: RowSerialiser
    private let types: [VOTableType]
    private let serialisation: VOTableSerialisation
    private var hasBegun = false

    /// A writer at the beginning of a document.
    ///
    /// - Parameter document: has one resource with one table, whose columns have no values, but the types of their cells:
    ///   `VOTableValues.cells` of none, or one of the other cases with an empty list.
    /// - Throws: the first of `VOTableCheck.problems(in:)`, or `missing` if there is not one table.
    public init(_ document: VOTableDocument, as serialisation: VOTableSerialisation) throws(VOTableError) {
        if let problem = VOTableCheck.problems(in: document).first { throw problem }
        guard document.resources.count == 1, let resource = document.resources.first, resource.tables.count == 1,
            let table = resource.tables.first
        else {
            throw VOTableError(.missing, place: "VOTable", message: "one resource with one table is written in pieces")
        }
        self.serialisation = serialisation
        types = table.columns.map { VOTableText.type(of: $0.values) }
        rows = RowSerialiser(serialisation, columns: table.columns.map(\.field.name))
        writer = XMLWriter(indentation: 1)
        writer.startDocument(document)
        writer.startResource(resource)
        writer.startTable(table, rowCount: nil)
        writer.startRows(serialisation)
    }

    /// The bytes of more rows, and of what stands before the first of them.
    ///
    /// - Parameter columns: cells of the types that were announced, of each column as many.
    /// - Throws: `unequalLengths` or `notWritable`, if the cells do not fit.
    public mutating func write(_ columns: [VOTableCells]) throws(VOTableError) -> [UInt8] {
        guard columns.map(\.type) == types else {
            throw VOTableError(.notWritable, place: "rows", message: "the columns have other types than was announced")
        }
        guard columns.allSatisfy({ $0.count == columns[0].count }) else {
            throw VOTableError(.unequalLengths, place: "rows", message: "the columns have different lengths")
        }
        var output = try head()
        try rows.append(columns, to: &output)
        return output
    }

    /// The bytes after the last row.
    public mutating func finish() throws(VOTableError) -> [UInt8] {
        var output = try head()
        rows.finish(into: &output)
        // What follows the rows is not to be indented into the last line of base64.
        writer.content([])
        writer.endRows(serialisation)
        writer.end()
        writer.end()
        writer.end()
        do {
            return output + (try writer.finish())
        } catch {
            throw VOTableWriter.notWritable(error)
        }
    }

    private mutating func head() throws(VOTableError) -> [UInt8] {
        guard !hasBegun else { return [] }
        hasBegun = true
        do {
            return try writer.take() + [UInt8(ascii: "\n")]
        } catch {
            throw VOTableWriter.notWritable(error)
        }
    }
}
