// SPDX-License-Identifier: Apache-2.0

/// An XML document as a tree of values: what `XMLReader` returns.
public struct XMLDocument: Sendable, Hashable {
    /// The root element.
    public var root: XMLElement
    /// Name of the encoding in which the bytes came, in capitals: as declared, or as told by the first bytes.
    public var encoding: String
    /// True if the document has a DOCTYPE. It is never acted upon.
    public var hasDoctype: Bool
    /// The received bytes from the `<` of the root element to its closing `>`, which are what VTP 2.0 section 8
    /// compares to know a packet again; nil for encodings other than UTF-8, UTF-16, ISO-8859-1 and US-ASCII.
    public var rootByteRange: Range<Int>?
    /// References to entities that the document itself declares. Empty unless the reader was told to allow them;
    /// each reads as one space.
    public var entityReferences: [XMLDiagnostic]
    /// Prefixes without a declaration and other faults at the level of namespaces: the document is well-formed,
    /// but not all its names mean something.
    public var namespaceFaults: [XMLDiagnostic]

    /// A document from its parts.
    public init(
        root: XMLElement, encoding: String = "UTF-8", hasDoctype: Bool = false, rootByteRange: Range<Int>? = nil,
        entityReferences: [XMLDiagnostic] = [], namespaceFaults: [XMLDiagnostic] = []
    ) {
        self.root = root
        self.encoding = encoding
        self.hasDoctype = hasDoctype
        self.rootByteRange = rootByteRange
        self.entityReferences = entityReferences
        self.namespaceFaults = namespaceFaults
    }
}
