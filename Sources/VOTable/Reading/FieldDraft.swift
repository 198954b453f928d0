// SPDX-License-Identifier: Apache-2.0

/// A field or parameter that is being read.
struct FieldDraft {
    var field: VOTableField
    /// The value of a parameter, as written.
    var value: String?
    let isParameter: Bool
    let place: (line: Int, column: Int)

    /// The parameter with its value by its type; what is not a number stays text.
    func parameter(remarks: inout RemarkList) -> VOTableParameter {
        let text = value ?? ""
        let bytes = Array(text.utf8)
        var cell = CellText(columns: 1)
        cell.starts = [0]
        cell.ends = [Int32(truncatingIfNeeded: bytes.count)]
        var column = ColumnReader(field: field, refusesEmptyIntegers: false)
        column.read(0, of: cell, in: bytes.span)
        for fault in column.faults { remarks.add(fault.code, place, "PARAM \(fault.message)") }
        let result: VOTableValue? =
            switch column.cells.values {
            case .double(let list): list[0].map { .double($0) }
            case .float(let list): list[0].map { .float($0) }
            case .int(let list): list[0].map { .int($0) }
            case .short(let list): list[0].map { .int(Int32($0)) }
            case .byte(let list): list[0].map { .int(Int32($0)) }
            case .long(let list): list[0].map { .long($0) }
            case .boolean(let list): list[0].map { .boolean($0) }
            case .text, .cells: nil
            }
        return VOTableParameter(field, result ?? .text(text))
    }
}
