// SPDX-License-Identifier: Apache-2.0

import XML

/// Builds the document from the elements that pass by, and hands rows on.
final class VOTableBuilder: XMLStreamHandler {
    /// An element that is open.
    struct Node {
        let element: VOTableElement
        let place: (line: Int, column: Int)
        /// True once what it says was taken over, because something began that cannot stand in it.
        var isDone = false
    }

    let limits: VOTableLimits
    let consumer: (any VOTableRowConsumer)?
    var remarks = RemarkList()
    /// What was read.
    var document = VOTableDocument(resources: [])
    /// Elements that are open, the outermost first.
    var nodes: [Node] = []
    /// Elements that are open within one that is passed over.
    private var ignoredDepth = 0
    private var elementCount = 0
    /// Resources and groups that are open, the outermost first.
    var resources: [VOTableResource] = []
    var groups: [VOTableGroup] = []
    /// The table that is open.
    var table: VOTableTable?
    /// The rows that are being read.
    var rows: RowBuilder?
    /// The field or parameter that is open.
    var draft: FieldDraft?
    /// The fact that is open.
    var info: VOTableInfo?
    /// Text of the innermost element.
    var text: [UInt8] = []
    var hasTables = false
    /// True if rows may be missing.
    var isDamaged = false
    /// Identifiers so far, and references that are to be found among them.
    var identifiers: Set<String> = []
    var references: [(place: (line: Int, column: Int), owner: String, identifier: String)] = []

    /// Tells a document that is something else from one that is damaged.
    static let notVOTable = XMLError.Code(rawValue: "not-votable")

    init(limits: VOTableLimits, consumer: (any VOTableRowConsumer)?) {
        self.limits = limits
        self.consumer = consumer
    }

    /// Version as a number, 14 for 1.4.
    var version: Int {
        let parts = document.version.split(separator: ".")
        guard parts.count >= 2, let major = Int(parts[0]), let minor = Int(parts[1].prefix(1)), major < 10 else {
            return 13
        }
        return major * 10 + minor
    }

    func startElement(_ element: XMLStreamElement) throws(XMLError) {
        let place = (element.line, element.column)
        guard ignoredDepth == 0 else {
            ignoredDepth += 1
            return
        }
        guard let known = VOTableElement(rawValue: element.localName) else {
            if nodes.isEmpty { throw notVOTable(element) }
            remarks.add(.unknownElement, place, "the standard knows no <\(element.localName.prefix(32))>")
            ignoredDepth = 1
            return
        }
        if nodes.isEmpty, known != .votable { throw notVOTable(element) }
        if known != .row, known != .cell {
            elementCount += 1
            guard elementCount <= limits.maximumElements else {
                throw XMLError(
                    .limit, line: place.0, column: place.1,
                    message: "the document has more elements than the limit of \(limits.maximumElements)")
            }
        }
        guard findPlace(for: known, at: place) else {
            ignoredDepth = 1
            return
        }
        nodes.append(Node(element: known, place: place))
        text.removeAll(keepingCapacity: true)
        try begin(known, element, place)
    }

    func endElement(line: Int, column: Int) throws(XMLError) {
        guard ignoredDepth == 0 else {
            ignoredDepth -= 1
            return
        }
        guard let node = nodes.popLast() else { return }
        if !node.isDone { try end(node) }
        text.removeAll(keepingCapacity: true)
    }

    func text(_ bytes: Span<UInt8>) throws(XMLError) {
        guard ignoredDepth == 0, let node = nodes.last, node.element.hasText else { return }
        if node.element == .stream {
            try rows?.takeStream(bytes, self)
            return
        }
        guard text.count + bytes.count <= limits.maximumCellBytes else {
            throw XMLError(
                .limit, line: node.place.line, column: node.place.column,
                message: "a text is longer than the limit of \(limits.maximumCellBytes) bytes")
        }
        for index in bytes.indices { text.append(bytes[index]) }
    }

    var takesContent: Bool {
        guard ignoredDepth == 0, let rows, let node = nodes.last else { return false }
        return rows.accepts(node.element)
    }

    func takeContent(
        _ bytes: Span<UInt8>, place: (Int) -> (line: Int, column: Int)
    ) throws(XMLError) -> XMLContentTaken {
        try rows?.take(bytes, self, place: place) ?? XMLContentTaken(count: 0, needsMore: false)
    }

    /// Ends whatever is open, at the end of the document or where it breaks off.
    func close() {
        while let node = nodes.popLast() {
            // Half a row is none.
            if !node.isDone, node.element != .cell, node.element != .row { try? end(node) }
        }
        resolveReferences()
        if document.resources.isEmpty { remarks.add(.noResource, (0, 0), "there is no RESOURCE") }
    }

    private func notVOTable(_ element: XMLStreamElement) -> XMLError {
        XMLError(
            VOTableBuilder.notVOTable, line: element.line, column: element.column,
            message: "the document is no VOTable: it begins with <\(element.localName.prefix(32))>")
    }

    /// Whether an element can stand here, after elements that were not closed have been taken for closed.
    private func findPlace(for element: VOTableElement, at place: (line: Int, column: Int)) -> Bool {
        guard let parent = nodes.last, !parent.element.children.contains(element) || parent.isDone else { return true }
        // The nearest element that it can stand in, if all on the way are of those that are left unclosed.
        var index = nodes.count - 1
        while index >= 0, nodes[index].isDone || nodes[index].element.mayBeUnclosed { index -= 1 }
        guard index >= 0, nodes[index].element.children.contains(element) else {
            remarks.add(
                .misplaced, place,
                "<\(element.rawValue)> cannot stand in <\(parent.element.rawValue)>, which is passed over")
            return false
        }
        guard let unclosed = nodes[(index + 1)...].last(where: { !$0.isDone }) else { return true }
        remarks.add(
            .misplaced, place,
            "<\(element.rawValue)> cannot stand in <\(unclosed.element.rawValue)> of "
                + "\(unclosed.place.line):\(unclosed.place.column), which was not closed")
        for inner in ((index + 1)..<nodes.count).reversed() where !nodes[inner].isDone {
            try? end(nodes[inner])
            nodes[inner].isDone = true
        }
        return true
    }
}
