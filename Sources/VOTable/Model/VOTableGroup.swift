// SPDX-License-Identifier: Apache-2.0

/// Columns and parameters that belong together (element GROUP).
public struct VOTableGroup: Sendable, Hashable {
    /// Identifier, unique in the document, an XML name; nil for none.
    public var id: String?
    /// Name; nil for none.
    public var name: String?
    /// Unified Content Descriptor; nil for none.
    public var ucd: String?
    /// Place in a data model; nil for none.
    public var utype: String?
    /// What the group is, for a person; nil for nothing.
    public var description: String?
    /// Identifiers of columns that belong to the group.
    public var columns: [String]
    /// Identifiers of parameters that belong to the group.
    public var references: [String]
    /// Parameters within the group.
    public var parameters: [VOTableParameter]
    /// Groups within the group.
    public var groups: [VOTableGroup]

    /// A group from its parts.
    public init(
        id: String? = nil, name: String? = nil, ucd: String? = nil, utype: String? = nil, description: String? = nil,
        columns: [String] = [], references: [String] = [], parameters: [VOTableParameter] = [],
        groups: [VOTableGroup] = []
    ) {
        self.id = id
        self.name = name
        self.ucd = ucd
        self.utype = utype
        self.description = description
        self.columns = columns
        self.references = references
        self.parameters = parameters
        self.groups = groups
    }
}
