// SPDX-License-Identifier: Apache-2.0

/// One attribute of an element.
public struct XMLAttribute: Sendable, Hashable {
    /// Name without the prefix.
    public var localName: String
    /// Prefix before the colon; nil without one.
    public var prefix: String?
    /// Namespace; nil without a prefix (attributes do not inherit one) or if the prefix was never declared.
    public var namespaceURI: String?
    /// Value, normalised as XML says: references resolved, tabs and line ends turned into spaces.
    public var value: String
    /// Line of the value, from 1; of the element where the value holds references. 0 if not read from a document.
    public var line: Int
    /// Column of the value, counted like `line`.
    public var column: Int

    /// An attribute from its parts.
    public init(
        localName: String, prefix: String? = nil, namespaceURI: String? = nil, value: String, line: Int = 0,
        column: Int = 0
    ) {
        self.localName = localName
        self.prefix = prefix
        self.namespaceURI = namespaceURI
        self.value = value
        self.line = line
        self.column = column
    }

    /// Name as written, with the prefix.
    public var qualifiedName: String { prefix.map { "\($0):\(localName)" } ?? localName }
}
