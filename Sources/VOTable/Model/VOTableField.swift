// SPDX-License-Identifier: Apache-2.0

/// What the values of a column or a parameter mean (section 4).
public struct VOTableField: Sendable, Hashable {
    /// Name for a person and for programs, at least one character.
    public var name: String
    /// Identifier, unique in the document, an XML name; nil for none.
    public var id: String?
    /// Unit in the VOUnits syntax, for example `nPa` or `km.s**-1`; nil for a number without one and for text.
    public var unit: String?
    /// Unified Content Descriptor, for example `phot.count;stat.error`; nil for none.
    public var ucd: String?
    /// Place in a data model; nil for none.
    public var utype: String?
    /// Kind of text, for example `timestamp` (DALI section 3.3.3); nil for none.
    public var xtype: String?
    /// Identifier of the time or coordinate system that the values are given in; nil for none.
    public var reference: String?
    /// What the values are, for a person; nil for nothing.
    public var description: String?
    /// Addresses of related documents.
    public var links: [VOTableLink]
    /// Type as it was read; a writer takes that of the values.
    public var type: VOTableType?
    /// What the values can be; nil if that is not stated.
    public var domain: VOTableDomain?

    /// A meaning from its parts.
    public init(
        _ name: String, id: String? = nil, unit: String? = nil, ucd: String? = nil, utype: String? = nil,
        xtype: String? = nil, reference: String? = nil, description: String? = nil, links: [VOTableLink] = []
    ) {
        self.name = name
        self.id = id
        self.unit = unit
        self.ucd = ucd
        self.utype = utype
        self.xtype = xtype
        self.reference = reference
        self.description = description
        self.links = links
    }
}

/// A column: its meaning and its values.
public struct VOTableColumn: Sendable, Hashable {
    /// What the values mean.
    public var field: VOTableField
    /// The values, one a row.
    public var values: VOTableValues

    /// A column from its parts.
    public init(_ field: VOTableField, _ values: VOTableValues) {
        self.field = field
        self.values = values
    }
}

/// A value that holds for a whole table or resource, with its meaning.
public struct VOTableParameter: Sendable, Hashable {
    /// What the value means.
    public var field: VOTableField
    /// The value.
    public var value: VOTableValue

    /// A parameter from its parts.
    public init(_ field: VOTableField, _ value: VOTableValue) {
        self.field = field
        self.value = value
    }
}
