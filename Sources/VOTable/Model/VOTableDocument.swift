// SPDX-License-Identifier: Apache-2.0

/// A VOTable: tables with their meaning, as the Virtual Observatory exchanges them.
///
/// - Reference: VOTable Format Definition, version 1.4, IVOA Recommendation 2019-10-21.
public struct VOTableDocument: Sendable, Hashable {
    /// Version of the standard that a document was read in; one that is written is of 1.4.
    public var version = "1.4"
    /// What the document is, for a person; nil for nothing.
    public var description: String?
    /// Facts about the document as a whole.
    public var infos: [VOTableInfo]
    /// Values that hold for the whole document.
    public var parameters: [VOTableParameter] = []
    /// Groups outside of all resources.
    public var groups: [VOTableGroup] = []
    /// Time systems outside of all resources.
    public var timeSystems: [VOTableTimeSystem] = []
    /// Coordinate systems outside of all resources.
    public var coordinateSystems: [VOTableCoordinateSystem] = []
    /// Groups of tables, at least one.
    public var resources: [VOTableResource]

    /// A document from its parts.
    public init(description: String? = nil, infos: [VOTableInfo] = [], resources: [VOTableResource]) {
        self.description = description
        self.infos = infos
        self.resources = resources
    }
}

extension VOTableDocument {
    /// All tables of all resources, in the order of the document.
    public var tables: [VOTableTable] { resources.flatMap(\.allTables) }
}

extension VOTableResource {
    /// The tables of the resource and of those within it.
    public var allTables: [VOTableTable] { tables + resources.flatMap(\.allTables) }
}

/// Tables that belong together, with what holds for all of them (section 3.2).
public struct VOTableResource: Sendable, Hashable {
    /// Identifier, unique in the document, an XML name; nil for none.
    public var id: String?
    /// Name for a person; nil for none.
    public var name: String?
    /// Role, usually `results`; nil for none.
    public var type: String?
    /// Place in a data model; nil for none.
    public var utype: String?
    /// What the resource is, for a person; nil for nothing.
    public var description: String?
    /// Facts about the resource.
    public var infos: [VOTableInfo]
    /// Time systems that columns and parameters of the resource refer to.
    public var timeSystems: [VOTableTimeSystem]
    /// Coordinate systems that columns and parameters of the resource refer to.
    public var coordinateSystems: [VOTableCoordinateSystem]
    /// Values that hold for all of the tables.
    public var parameters: [VOTableParameter]
    /// Addresses of related documents.
    public var links: [VOTableLink]
    /// Groups of parameters.
    public var groups: [VOTableGroup] = []
    /// The tables.
    public var tables: [VOTableTable]
    /// Resources within the resource.
    public var resources: [VOTableResource] = []

    /// A resource from its parts.
    public init(
        name: String? = nil, type: String? = "results", utype: String? = nil, description: String? = nil,
        infos: [VOTableInfo] = [], timeSystems: [VOTableTimeSystem] = [],
        coordinateSystems: [VOTableCoordinateSystem] = [], parameters: [VOTableParameter] = [],
        links: [VOTableLink] = [], tables: [VOTableTable]
    ) {
        self.name = name
        self.type = type
        self.utype = utype
        self.description = description
        self.infos = infos
        self.timeSystems = timeSystems
        self.coordinateSystems = coordinateSystems
        self.parameters = parameters
        self.links = links
        self.tables = tables
    }
}

/// Columns of equal length with their meaning (section 3.3).
public struct VOTableTable: Sendable, Hashable {
    /// Identifier, unique in the document, an XML name; nil for none.
    public var id: String?
    /// Name for a person and for programs; nil for none.
    public var name: String?
    /// Unified Content Descriptor of what the table holds; nil for none.
    public var ucd: String?
    /// Place in a data model; nil for none.
    public var utype: String?
    /// What the table holds, for a person; nil for nothing.
    public var description: String?
    /// Facts about the table.
    public var infos: [VOTableInfo]
    /// Values that hold for every row.
    public var parameters: [VOTableParameter]
    /// Groups of columns and parameters.
    public var groups: [VOTableGroup] = []
    /// Columns, at least one, all of the same length.
    public var columns: [VOTableColumn]
    /// Addresses of related documents.
    public var links: [VOTableLink]

    /// A table from its parts.
    public init(
        id: String? = nil, name: String? = nil, ucd: String? = nil, utype: String? = nil, description: String? = nil,
        infos: [VOTableInfo] = [], parameters: [VOTableParameter] = [], columns: [VOTableColumn],
        links: [VOTableLink] = []
    ) {
        self.id = id
        self.name = name
        self.ucd = ucd
        self.utype = utype
        self.description = description
        self.infos = infos
        self.parameters = parameters
        self.columns = columns
        self.links = links
    }

    /// Rows of the longest column.
    public var rowCount: Int { columns.map(\.values.count).max() ?? 0 }
}
