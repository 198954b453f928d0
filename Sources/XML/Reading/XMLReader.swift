// SPDX-License-Identifier: Apache-2.0
import CXML2

/// Reads XML from anyone: no network, no files, no DTD, no entities, and limits on every size.
///
/// A reader holds nothing but its settings; one may be used by many tasks at a time.
public struct XMLReader: Sendable {
    /// What is accepted at most.
    public var limits: XMLLimits
    /// If true, references to entities that the document declares are listed in
    /// `XMLDocument.entityReferences` and read as one space; if false (the default) they are an error.
    public var allowsEntityReferences: Bool

    /// A reader with limits.
    public init(limits: XMLLimits = XMLLimits(), allowsEntityReferences: Bool = false) {
        self.limits = limits
        self.allowsEntityReferences = allowsEntityReferences
    }

    /// The tree of a document.
    ///
    /// - Parameter bytes: the document as received, with or without byte order mark, in UTF-8, UTF-16 or another
    ///   encoding that it declares and libxml2 knows.
    /// - Throws: `XMLError` with every fault that could be told, in the order of the document.
    public func read(_ bytes: [UInt8]) throws(XMLError) -> XMLDocument {
        guard bytes.count <= limits.maximumBytes else {
            throw XMLError(
                .limit, message: "the document has \(bytes.count) bytes, more than the limit of \(limits.maximumBytes)")
        }
        guard !bytes.isEmpty else { throw XMLError(.notWellFormed, message: "the document is empty") }
        let source = try SourceText(bytes)
        // libxml2 takes a NUL for the end of the text and blames what stands before it.
        if let nul = source.utf8.firstIndex(of: 0) {
            var positions = TextPositions(source.utf8)
            let (line, column) = positions.position(at: nul)
            throw XMLError(
                .notWellFormed, line: line, column: column, message: "a NUL stands here, which XML cannot hold")
        }
        try StartTagScan.check(source.utf8, maximumAttributes: limits.maximumAttributesPerElement)
        let builder = TreeBuilder(text: source.utf8, limits: limits)
        let status = builder.run()
        if let error = builder.stopError { throw error }
        guard status >= 0 else { throw XMLError(.memory, message: "no memory to read the document") }
        guard status == 1, builder.faults.isEmpty, let root = builder.root else {
            throw XMLError(.notWellFormed, diagnostics: builder.faults)
        }
        guard allowsEntityReferences || builder.entityReferences.isEmpty else {
            throw XMLError(
                .entityReference, diagnostics: builder.entityReferences,
                remedy: "write the text itself instead of the entity")
        }
        return XMLDocument(
            root: root, encoding: source.encoding, hasDoctype: builder.hasDoctype,
            rootByteRange: source.receivedRange(ofText: builder.rootRange),
            entityReferences: builder.entityReferences, namespaceFaults: builder.namespaceFaults)
    }
}
