// SPDX-License-Identifier: Apache-2.0

/// Reads XML of any length in pieces, with the same care as `XMLReader`: no network, no files, no entities, and memory
/// that does not grow with the document.
///
/// Of the limits, those for the whole document do not apply. Streams are in UTF-8 or ASCII. Not for use by several tasks
/// at a time.
public final class XMLStreamReader {
    private let parser: StreamParser
    private var pending: [UInt8] = []
    private let isUTF8: Bool
    /// Bytes that must be there before the encoding can be told.
    private static let headBytes = 256
    private var hasBegun = false

    /// A reader at the beginning of a document.
    ///
    /// - Parameter isUTF8: true if the text is UTF-8 whatever it declares.
    /// - Throws: `memory` if there is none.
    public init(
        limits: XMLLimits = XMLLimits(), isUTF8: Bool = false, handler: any XMLStreamHandler
    ) throws(XMLError) {
        self.isUTF8 = isUTF8
        parser = try StreamParser(limits: limits, handler: handler)
    }

    /// The next piece of the document.
    ///
    /// - Throws: `XMLError` with the first fault, or what the handler threw; after that the reader must not be used.
    public func feed(_ chunk: Span<UInt8>) throws(XMLError) {
        // What was not dealt with goes before the piece; mostly there is nothing.
        if hasBegun, pending.isEmpty {
            let done = try parser.process(chunk)
            chunk.extracting(done...).withUnsafeBufferPointer { pending.append(contentsOf: $0) }
        } else {
            chunk.withUnsafeBufferPointer { pending.append(contentsOf: $0) }
            if hasBegun { try processPending() } else if pending.count >= XMLStreamReader.headBytes { try begin() }
        }
    }

    /// The next piece of the document.
    ///
    /// - Throws: like the other.
    public func feed(_ chunk: [UInt8]) throws(XMLError) { try feed(chunk.span) }

    /// Says that there is no more.
    ///
    /// - Throws: `XMLError` if the document is not complete.
    public func finish() throws(XMLError) {
        if !hasBegun { try begin() }
        let last = pending
        pending = []
        try parser.finish(last.span)
    }

    /// The text of a whole document in UTF-8, without byte order mark, whatever its encoding was; to be fed to a reader
    /// that is told so.
    ///
    /// - Throws: `encoding` if it is unknown or the bytes do not follow it.
    public static func utf8(_ document: [UInt8]) throws(XMLError) -> [UInt8] { try SourceText(document).utf8 }

    private func begin() throws(XMLError) {
        hasBegun = true
        guard !pending.isEmpty else { throw XMLError(.notWellFormed, message: "the document is empty") }
        let encoding = isUTF8 ? "UTF-8" : SourceText.encoding(of: pending)
        guard ["UTF-8", "UTF8", "US-ASCII", "ASCII"].contains(encoding) else {
            throw XMLError(
                .encoding, line: 1, column: 1, message: "a stream must be UTF-8 and this one is \(encoding.prefix(24))",
                remedy: "convert it, for example with xmllint --encode UTF-8")
        }
        if pending.starts(with: [0xEF, 0xBB, 0xBF]) { pending.removeFirst(3) }
        try processPending()
    }

    private func processPending() throws(XMLError) {
        let waiting = pending
        pending = []
        let done = try parser.process(waiting.span)
        pending = Array(waiting[done...])
    }
}
