// SPDX-License-Identifier: Apache-2.0

/// One element with its attributes and its content.
///
/// Comments and processing instructions are left out. Text that is only white space is kept in elements that hold
/// text alone and dropped between child elements, where it is layout.
public struct XMLElement: Sendable, Hashable {
    /// Name without the prefix.
    public var localName: String
    /// Prefix before the colon; nil without one.
    public var prefix: String?
    /// Namespace of the element; nil if it is in none or its prefix was never declared.
    public var namespaceURI: String?
    /// Attributes in the order of the document, without namespace declarations.
    public var attributes: [XMLAttribute]
    /// Child elements and text in the order of the document.
    public var children: [XMLNode]
    /// Line of the element's `<`, from 1; 0 if it was not read from a document.
    public var line: Int
    /// Column of the element's `<` in characters, from 1; 0 if it was not read from a document.
    public var column: Int

    /// An element from its parts.
    public init(
        localName: String, prefix: String? = nil, namespaceURI: String? = nil, attributes: [XMLAttribute] = [],
        children: [XMLNode] = [], line: Int = 0, column: Int = 0
    ) {
        self.localName = localName
        self.prefix = prefix
        self.namespaceURI = namespaceURI
        self.attributes = attributes
        self.children = children
        self.line = line
        self.column = column
    }

    /// Name as written, with the prefix.
    public var qualifiedName: String { prefix.map { "\($0):\(localName)" } ?? localName }

    /// Value of the attribute of that name without a prefix; nil if absent.
    public func attribute(_ name: String) -> String? {
        attributes.first { $0.localName == name && $0.prefix == nil }?.value
    }

    /// The child elements, in order.
    public var elements: [XMLElement] {
        children.compactMap { if case .element(let element) = $0 { element } else { nil } }
    }

    /// The first child element of that local name, in whatever namespace.
    public func firstChild(_ localName: String) -> XMLElement? {
        for case .element(let element) in children where element.localName == localName { return element }
        return nil
    }

    /// All child elements of that local name, in whatever namespace.
    public func children(_ localName: String) -> [XMLElement] {
        elements.filter { $0.localName == localName }
    }

    /// The text directly in this element, as written; empty if there is none.
    public var text: String {
        // Nearly every element holds one text or none.
        if children.count == 1, case .text(let only) = children[0] { return only }
        var joined = ""
        for case .text(let part) in children { joined += part }
        return joined
    }
}
