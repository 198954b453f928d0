// SPDX-License-Identifier: Apache-2.0

/// A fault in a cell: what is wrong, and which cell of the rows at hand it is.
struct CellFault {
    let code: VOTableDiagnostic.Code
    let row: Int
    let message: String
}

/// Turns what a document has of one column into cells.
struct ColumnReader {
    /// What the cells are, repaired where the document is not clear.
    let type: VOTableType
    /// Words for people.
    let name: String
    /// What was read since the last batch.
    var cells: VOTableCells
    /// The whole number that stands for none.
    let null: Int64?
    /// Whether an empty cell of a whole number is against the standard, as before version 1.3.
    let refusesEmptyIntegers: Bool
    /// Whether text has no size although it should.
    let lacksSize: Bool
    /// Faults that have not been told yet, and how many more there were of each kind that were not kept.
    var faults: [CellFault] = []

    init(field: VOTableField, refusesEmptyIntegers: Bool) {
        let declared = field.type ?? .text
        type = declared
        name = field.name
        lacksSize = declared.primitive.isText && declared.shape == nil
        cells = VOTableCells(declared)
        null = field.domain?.null.flatMap { text in
            let bytes = Array(text.utf8)
            return NumberText.integer(bytes.span, bytes.indices)
        }
        self.refusesEmptyIntegers = refusesEmptyIntegers
    }

    /// Hands over what was read and begins anew.
    mutating func takeCells() -> VOTableCells {
        let taken = cells
        cells = VOTableCells(type)
        return taken
    }

    mutating func fault(_ code: VOTableDiagnostic.Code, row: Int, _ message: String) {
        // A column of nonsense has a fault in every row.
        if faults.count < 2 * RemarkList.maximumOfAKind {
            faults.append(CellFault(code: code, row: row, message: "column \(name): \(message)"))
        }
    }

    /// Marks which of the cells that follow those so far have no value.
    mutating func addNulls(_ isNull: [Bool], rows: Int) {
        if isNull.isEmpty {
            if !cells.nulls.isEmpty { cells.nulls.append(contentsOf: repeatElement(false, count: rows)) }
        } else {
            if cells.nulls.isEmpty { cells.nulls = [Bool](repeating: false, count: cells.count) }
            cells.nulls += isNull
        }
        cells.count += rows
    }

    /// The elements, taken out so that they can be changed in place.
    mutating func takeElements() -> VOTableCells.Elements {
        let elements = cells.elements
        cells.elements = .text([])
        return elements
    }
}
