// SPDX-License-Identifier: Apache-2.0

import XML

/// What is done with a document that does not follow the standard.
public enum VOTableReadingMode: String, Sendable, Hashable, CaseIterable {
    /// A document with an error is refused, with all remarks.
    case strict
    /// Whatever can be told is read, with all remarks: elements that were not closed, text without a size, rows before
    /// the document breaks off.
    case lenient
}

/// What was read.
public struct VOTableReading: Sendable {
    /// The document. Columns have their values unless the rows were handed to a consumer.
    public let document: VOTableDocument
    /// All remarks, in the order of the document.
    public let diagnostics: [VOTableDiagnostic]
    /// False if the document breaks off or is damaged, so that rows may be missing.
    public let isComplete: Bool
}

/// Who is given rows while they are read.
public protocol VOTableRowConsumer: AnyObject {
    /// A table with rows begins. Its columns have no values.
    func beginTable(_ table: VOTableTable)
    /// The next rows of the table.
    func take(_ rows: VOTableRows)
    /// The table ends.
    func endTable()
}

/// Reads VOTable 1.1 to 1.5 with rows in TABLEDATA, BINARY or BINARY2.
///
/// - Reference: VOTable Format Definition, IVOA Recommendations, versions 1.1 (2004) to 1.5.
public struct VOTableReader: Sendable {
    /// What is done with faults.
    public var mode: VOTableReadingMode
    /// What is accepted at most.
    public var limits: VOTableLimits

    /// A reader.
    public init(mode: VOTableReadingMode = .lenient, limits: VOTableLimits = VOTableLimits()) {
        self.mode = mode
        self.limits = limits
    }

    /// A whole document with all values, in any encoding that `XMLReader` knows.
    ///
    /// - Throws: all remarks, if it is no VOTable or, read strictly, has an error.
    public func read(_ document: [UInt8]) throws(VOTableReadingError) -> VOTableReading {
        let text: [UInt8]
        do throws(XMLError) { text = try XMLStreamReader.utf8(document) } catch {
            throw VOTableReadingError(diagnostics: VOTableStreamReader.diagnostics(of: error))
        }
        let stream = try VOTableStreamReader(mode: mode, limits: limits, isUTF8: true, consumer: nil)
        try stream.feed(text.span)
        return try stream.finish()
    }
}

/// Reads a VOTable in UTF-8 of any length in pieces, in memory that does not grow with it.
///
/// Not for use by several tasks at a time.
public final class VOTableStreamReader {
    private let builder: VOTableBuilder
    private let reader: XMLStreamReader
    private let mode: VOTableReadingMode
    private var hasFailed = false
    /// Bytes that are dealt with at a time: little enough for the cache of a core, and rows are handed over often.
    private static let pieceBytes = 1 << 18

    /// A reader at the beginning of a document.
    ///
    /// - Parameter consumer: who gets the rows; without one they are gathered in the document.
    /// - Throws: if there is no memory.
    public convenience init(
        mode: VOTableReadingMode = .lenient, limits: VOTableLimits = VOTableLimits(),
        consumer: (any VOTableRowConsumer)?
    ) throws(VOTableReadingError) {
        try self.init(mode: mode, limits: limits, isUTF8: false, consumer: consumer)
    }

    init(
        mode: VOTableReadingMode, limits: VOTableLimits, isUTF8: Bool, consumer: (any VOTableRowConsumer)?
    ) throws(VOTableReadingError) {
        self.mode = mode
        builder = VOTableBuilder(limits: limits, consumer: consumer)
        do throws(XMLError) {
            reader = try XMLStreamReader(isUTF8: isUTF8, handler: builder)
        } catch {
            throw VOTableReadingError(diagnostics: VOTableStreamReader.diagnostics(of: error))
        }
    }

    /// The next piece of the document. A fault is told by `finish`; until then nothing more is read.
    ///
    /// - Throws: all remarks so far, if the document cannot be a VOTable.
    public func feed(_ bytes: Span<UInt8>) throws(VOTableReadingError) {
        var start = 0
        while start < bytes.count, !hasFailed {
            let end = min(start + VOTableStreamReader.pieceBytes, bytes.count)
            do throws(XMLError) { try reader.feed(bytes.extracting(start..<end)) } catch { try fail(error) }
            start = end
        }
    }

    /// The next piece of the document.
    ///
    /// - Throws: like the other.
    public func feed(_ bytes: [UInt8]) throws(VOTableReadingError) { try feed(bytes.span) }

    /// Says that there is no more.
    ///
    /// - Throws: all remarks, if the document is no VOTable or, read strictly, has an error.
    public func finish() throws(VOTableReadingError) -> VOTableReading {
        if !hasFailed {
            do throws(XMLError) { try reader.finish() } catch { try fail(error) }
        }
        builder.close()
        let diagnostics = builder.remarks.sorted
        if mode == .strict, builder.remarks.hasErrors { throw VOTableReadingError(diagnostics: diagnostics) }
        return VOTableReading(
            document: builder.document, diagnostics: diagnostics, isComplete: !hasFailed && !builder.isDamaged)
    }

    private func fail(_ error: XMLError) throws(VOTableReadingError) {
        hasFailed = true
        for diagnostic in VOTableStreamReader.diagnostics(of: error) {
            builder.remarks.add(diagnostic.code, (diagnostic.line, diagnostic.column), diagnostic.message)
        }
        // Without a single table there is nothing that could be used.
        guard builder.hasTables else { throw VOTableReadingError(diagnostics: builder.remarks.sorted) }
    }

    static func diagnostics(of error: XMLError) -> [VOTableDiagnostic] {
        error.diagnostics.map {
            VOTableDiagnostic(
                error.code == .limit ? .limit : error.code == VOTableBuilder.notVOTable ? .notVOTable : .xml,
                line: $0.line, column: $0.column, message: $0.message)
        }
    }
}
