// SPDX-License-Identifier: Apache-2.0

import XML

/// Reads the rows of one table, in whatever way they are written, and hands them on in batches.
struct RowBuilder {
    /// Place of the table, then of its data.
    private(set) var place: (line: Int, column: Int)
    private let statedRows: Int?
    private let limits: VOTableLimits
    private let consumer: (any VOTableRowConsumer)?
    private var columns: [ColumnReader] = []
    /// How the rows are written; nil before they begin.
    private var serialisation: VOTableElement?
    /// True where there are data, columns or not.
    private(set) var hasData = false
    /// Rows so far, and those of them that were handed on.
    private var rowCount = 0
    private var handedOn = 0
    /// All cells, where there is nobody to hand them on to.
    private var gathered: [VOTableCells] = []

    // Rows of text.
    private var text = CellText(columns: 0)
    /// The row that the parser reads: its text, and the places of its cells.
    private var rowText: [UInt8] = []
    private var rowCells = CellText(columns: 0)
    private var cellPlaces: [(line: Int, column: Int)] = []
    private var cellStart = 0
    private var cellCount = 0
    private var rowPlace = (line: 0, column: 0)

    // Rows of bytes.
    private var binary: BinaryCells?
    private var decoder = Base64Decoder()
    private var bytes: [UInt8] = []
    private var isStreaming = false
    private var hasFailed = false

    init(
        place: (line: Int, column: Int), statedRows: Int?, limits: VOTableLimits, consumer: (any VOTableRowConsumer)?
    ) {
        self.place = place
        self.statedRows = statedRows
        self.limits = limits
        self.consumer = consumer
    }

    /// True if the content of an element can be read here without the parser.
    func accepts(_ element: VOTableElement) -> Bool {
        guard !columns.isEmpty else { return false }
        return element == .tableData ? serialisation == .tableData : element == .stream && isStreaming && !hasFailed
    }

    /// The rows begin.
    mutating func begin(
        _ element: VOTableElement, table: VOTableTable, version: Int, builder: VOTableBuilder,
        place: (line: Int, column: Int)
    ) throws(XMLError) {
        self.place = place
        hasData = true
        guard serialisation == nil, !table.columns.isEmpty else { return }
        serialisation = element
        columns = table.columns.map { ColumnReader(field: $0.field, refusesEmptyIntegers: version < 13) }
        text = CellText(columns: columns.count)
        rowCells = CellText(columns: columns.count)
        if element != .tableData {
            binary = BinaryCells(
                layout: BinaryCells.Layout(
                    types: columns.map(\.type), hasFlags: element == .binary2, limits: limits))
        }
        consumer?.beginTable(table)
    }

    // MARK: Rows that the parser reads

    mutating func beginRow(_ place: (line: Int, column: Int)) {
        rowPlace = place
        cellCount = 0
        rowText.removeAll(keepingCapacity: true)
        rowCells.removeAll()
        cellPlaces.removeAll(keepingCapacity: true)
    }

    mutating func beginCell(_ place: (line: Int, column: Int), encoding: String?) {
        if cellPlaces.count < columns.count { cellPlaces.append(place) }
        cellCount += 1
    }

    mutating func endCell(_ content: inout [UInt8], _ builder: VOTableBuilder) throws(XMLError) {
        guard cellCount <= columns.count, !columns.isEmpty else { return }
        guard rowText.count + content.count <= limits.maximumRowBytes else {
            throw XMLError(
                .limit, line: rowPlace.line, column: rowPlace.column,
                message: "a row has more bytes than the limit of \(limits.maximumRowBytes)")
        }
        rowCells.starts.append(Int32(rowText.count))
        rowText += content
        rowCells.ends.append(Int32(rowText.count))
    }

    mutating func endRow(_ builder: VOTableBuilder) {
        guard !columns.isEmpty else { return }
        checkCells(cellCount, rowPlace, builder)
        complete(&rowCells)
        let places = cellPlaces
        let row = rowPlace
        let (cells, words) = (rowCells, rowText)
        read(cells, in: words.span, builder) { _, column in column < places.count ? places[column] : row }
        if rowCount - handedOn >= limits.batchRows { handOn() }
    }

    /// Says what a row lacks or has too much.
    private func checkCells(_ count: Int, _ place: (line: Int, column: Int), _ builder: VOTableBuilder) {
        if count > columns.count {
            builder.remarks.add(.moreCells, place, "a row has \(count) cells for \(columns.count) columns")
        } else if count < columns.count {
            builder.remarks.add(.fewerCells, place, "a row has \(count) cells for \(columns.count) columns")
        }
    }

    /// Adds the cells that the last row lacks.
    private func complete(_ cells: inout CellText) {
        while cells.starts.count % max(columns.count, 1) != 0 || cells.starts.isEmpty {
            cells.starts.append(-1)
            cells.ends.append(-1)
        }
    }

    /// Reads rows of text column by column, and tells what is wrong with them.
    private mutating func read(
        _ cells: CellText, in bytes: Span<UInt8>, _ builder: VOTableBuilder,
        place: (_ row: Int, _ column: Int) -> (line: Int, column: Int)
    ) {
        for index in columns.indices {
            columns[index].read(index, of: cells, in: bytes)
            guard !columns[index].faults.isEmpty else { continue }
            for fault in columns[index].faults where builder.remarks.addsNext(fault.code) {
                let (line, column) = place(fault.row, index)
                builder.remarks.append(
                    VOTableDiagnostic(fault.code, line: line, column: column, message: fault.message))
            }
            columns[index].faults.removeAll()
        }
        rowCount += cells.rows
    }

    // MARK: Content that passes the parser by

    /// Rows of the simple form, or base64.
    mutating func take(
        _ content: Span<UInt8>, _ builder: VOTableBuilder, place: (Int) -> (line: Int, column: Int)
    ) throws(XMLError) -> XMLContentTaken {
        if serialisation != .tableData {
            // Base64 has no character that means anything in XML: whatever else comes is for the parser.
            let end = decoder.decode(content, into: &bytes) ?? content.count
            readBytes(builder)
            return XMLContentTaken(count: end, needsMore: end == content.count)
        }
        var start = 0
        while true {
            text.removeAll()
            let first = start
            var needsMore = false
            scan: while text.rows < limits.batchRows {
                var count = 0
                let before = text.starts.count
                switch RowScanner.scan(content, from: start, into: &text, cellCount: &count) {
                case .row(let end):
                    if count != columns.count {
                        if builder.remarks.count(of: .moreCells) < RemarkList.maximumOfAKind
                            || builder.remarks.count(of: .fewerCells) < RemarkList.maximumOfAKind
                        {
                            checkCells(count, place(start), builder)
                        }
                        complete(&text)
                    }
                    start = end
                case let other:
                    // Some of its cells may have been found.
                    text.starts.removeSubrange(before...)
                    text.ends.removeSubrange(before...)
                    if case .incomplete = other { needsMore = true }
                    break scan
                }
            }
            let cells = text
            if cells.rows > 0 {
                read(cells, in: content, builder) { row, column in
                    let offset = Int(cells.starts[row * cells.columns + column])
                    return place(offset >= 0 ? offset : first)
                }
            }
            if rowCount - handedOn >= limits.batchRows { handOn() }
            if cells.rows < limits.batchRows { return XMLContentTaken(count: start, needsMore: needsMore) }
        }
    }

    mutating func beginStream(_ source: XMLStreamElement, _ place: (line: Int, column: Int), _ builder: VOTableBuilder)
    {
        self.place = place
        decoder = Base64Decoder()
        bytes = []
        if source.attribute("href") != nil {
            builder.remarks.add(.elsewhere, place, "the rows are in another file, which is not fetched")
            builder.isDamaged = true
        } else if let encoding = source.attribute("encoding"), encoding != "base64" {
            builder.remarks.add(.encoding, place, "the stream is in \(encoding.prefix(16)) and must be in base64")
            builder.isDamaged = true
        } else {
            isStreaming = binary != nil
        }
    }

    mutating func takeStream(_ content: Span<UInt8>, _ builder: VOTableBuilder) throws(XMLError) {
        guard isStreaming, !hasFailed else { return }
        let wrong = decoder.decode(content, into: &bytes)
        readBytes(builder)
        if wrong != nil, !hasFailed { fail(.damagedStream, "the stream is not base64", builder) }
    }

    mutating func endStream(_ builder: VOTableBuilder) {
        guard isStreaming else { return }
        isStreaming = false
        if !hasFailed, !bytes.isEmpty || !decoder.isComplete {
            fail(.damagedStream, "the stream ends within a row, with \(bytes.count) bytes over", builder)
        }
        bytes = []
        flush(builder)
    }

    /// Reads as many whole rows as there are.
    private mutating func readBytes(_ builder: VOTableBuilder) {
        guard var table = binary else { return }
        let stream = bytes
        bytes = []
        var done = 0
        while !hasFailed {
            let rest = stream.span.extracting(done...)
            do throws(BinaryCells.Fault) {
                try table.find(in: rest, maximumRows: limits.batchRows)
            } catch {
                fail(error.code, error.message, builder)
            }
            guard table.rows > 0 else { break }
            for index in columns.indices {
                columns[index].read(index, of: table, in: rest)
                for fault in columns[index].faults {
                    builder.remarks.add(fault.code, place, "row \(rowCount + fault.row + 1), \(fault.message)")
                }
                columns[index].faults.removeAll()
            }
            rowCount += table.rows
            done += table.end
            handOn()
        }
        binary = table
        bytes = Array(stream[done...])
    }

    private mutating func fail(_ code: VOTableDiagnostic.Code, _ message: String, _ builder: VOTableBuilder) {
        hasFailed = true
        builder.isDamaged = true
        builder.remarks.add(code, place, "after row \(rowCount): \(message)")
    }

    // MARK: Handing on

    /// Hands on what has been read.
    mutating func flush(_ builder: VOTableBuilder) {
        if rowCount > handedOn { handOn() }
    }

    private mutating func handOn() {
        let cells = columns.indices.map { columns[$0].takeCells() }
        if let consumer {
            consumer.take(VOTableRows(firstRow: handedOn, count: rowCount - handedOn, columns: cells))
        } else if gathered.isEmpty {
            gathered = cells
        } else {
            for index in gathered.indices { gathered[index].append(cells[index]) }
        }
        handedOn = rowCount
    }

    /// The table ends: its columns get their values.
    mutating func end(_ table: inout VOTableTable, _ builder: VOTableBuilder) {
        flush(builder)
        if serialisation != nil { consumer?.endTable() }
        if let statedRows, serialisation != nil, statedRows != rowCount {
            builder.remarks.add(.rowCount, place, "the table says that it has \(statedRows) rows, and has \(rowCount)")
        }
        for index in table.columns.indices {
            let type = table.columns[index].field.type ?? .text
            let cells = index < gathered.count ? gathered[index] : VOTableCells(type)
            table.columns[index].values = cells.values
        }
    }
}
