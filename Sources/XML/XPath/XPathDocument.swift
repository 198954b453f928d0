// SPDX-License-Identifier: Apache-2.0
import CXML2

/// A received document made ready for XPath filters, so that many filters cost one parsing.
///
/// It belongs to one task at a time: libxml2 may reorder its tree while it evaluates.
public final class XPathDocument {
    let pointer: OpaquePointer
    /// Bytes of the document, which tell how dear one step of an evaluation can be.
    let byteCount: Int

    /// Parses a document.
    ///
    /// - Throws: `XMLError` as `XMLReader.read` does.
    public init(_ bytes: [UInt8], limits: XMLLimits = XMLLimits()) throws(XMLError) {
        // The reader has checked limits and entities before libxml2 builds a tree of its own.
        _ = try XMLReader(limits: limits).read(bytes)
        let text = try SourceText(bytes).utf8
        let document = text.withUnsafeBytes { raw in
            cxml2_document_create(raw.bindMemory(to: CChar.self).baseAddress, raw.count)
        }
        guard let document else {
            throw XMLError(.notWellFormed, message: "a document with declarations is not filtered")
        }
        pointer = document
        byteCount = text.count
    }

    deinit { cxml2_document_free(pointer) }
}
