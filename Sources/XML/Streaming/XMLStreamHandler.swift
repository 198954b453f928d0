// SPDX-License-Identifier: Apache-2.0

/// The begin of an element as it passes by.
public struct XMLStreamElement: Sendable, Hashable {
    /// Name without the prefix.
    public var localName: String
    /// Namespace; nil for none.
    public var namespaceURI: String?
    /// Attributes in the order of the document, without namespace declarations.
    public var attributes: [XMLAttribute] = []
    /// Line and column of its first character, from 1.
    public var line: Int, column: Int

    /// The value of an attribute without a namespace; nil if it is not there.
    public func attribute(_ name: String) -> String? {
        attributes.first { $0.localName == name && $0.prefix == nil }?.value
    }
}

/// What a handler did with content that it was offered unparsed.
public struct XMLContentTaken: Sendable, Hashable {
    /// Bytes that it dealt with, from the first on.
    public var count: Int
    /// True if it waits for more bytes before it goes on; false to let the parser have what follows.
    public var needsMore: Bool

    /// An answer from its parts.
    public init(count: Int, needsMore: Bool) {
        self.count = count
        self.needsMore = needsMore
    }
}

/// Whoever is told what passes by in a stream of XML. What it throws ends the reading.
///
/// A class, since it gathers what it is told over many calls.
public protocol XMLStreamHandler: AnyObject {
    /// An element begins.
    func startElement(_ element: XMLStreamElement) throws(XMLError)
    /// The element that was begun last ends; the place is that of its last character's successor.
    func endElement(line: Int, column: Int) throws(XMLError)
    /// Text of the innermost element, in pieces of any length, references resolved.
    func text(_ bytes: Span<UInt8>) throws(XMLError)

    /// True if the content that follows is to be offered to `takeContent` before it is parsed.
    var takesContent: Bool { get }
    /// Deals with content of the innermost element itself, which is faster where the content has a simple form.
    ///
    /// What is taken must be whole: text without markup and references, or elements that end within it, in characters
    /// that XML allows. The parser does not see it.
    ///
    /// - Parameter bytes: what follows, up to the end of what is there.
    /// - Parameter place: line and column of a byte by its index, for remarks.
    func takeContent(_ bytes: Span<UInt8>, place: (Int) -> (line: Int, column: Int)) throws(XMLError) -> XMLContentTaken
}

extension XMLStreamHandler {
    /// Everything is parsed unless a handler says otherwise.
    public var takesContent: Bool { false }
    /// Takes nothing.
    public func takeContent(
        _ bytes: Span<UInt8>, place: (Int) -> (line: Int, column: Int)
    ) throws(XMLError) -> XMLContentTaken {
        XMLContentTaken(count: 0, needsMore: false)
    }
}
