// SPDX-License-Identifier: Apache-2.0

extension What {
    /// A small table, for example a light curve. Larger ones belong into a VOTable that the packet refers to.
    public struct Table: Sendable, Hashable {
        /// Name, for programs.
        public var name: String?
        /// Type, for programs that know the author's conventions.
        public var type: String?
        /// A text about the table.
        public var description: String?
        /// Things on the web about the table.
        public var references: [EventReference] = []
        /// Values that hold for the whole table.
        public var params: [Param] = []
        /// The columns.
        public var fields: [Field]
        /// The rows; each has as many cells as there are columns, if the author was careful.
        public var rows: [[String]]

        /// A table with cells as text.
        public init(name: String?, description: String? = nil, fields: [Field], rows: [[String]] = []) {
            self.name = name
            self.description = description
            self.fields = fields
            self.rows = rows
        }

        /// A table of numbers.
        public init(name: String?, description: String? = nil, fields: [Field], numbers: [[Double]]) {
            self.init(
                name: name, description: description, fields: fields, rows: numbers.map { $0.map(numberText) })
        }

        /// The numbers of a column, by its index; NaN where a cell is missing or no number.
        public func numbers(column: Int) -> [Double] {
            rows.map { $0.indices.contains(column) ? XSDLexical.float($0[column]) ?? .nan : .nan }
        }
    }

    /// One column of a table.
    public struct Field: Sendable, Hashable {
        /// Name of the column.
        public var name: String?
        /// What its values mean, as an IVOA unified content descriptor.
        public var ucd: String?
        /// Unit of its values.
        public var unit: String?
        /// Type as written; nil means string.
        public var dataType: String?
        /// Place of the values in some data model.
        public var utype: String?
        /// A text about the column.
        public var description: String?

        /// A column.
        public init(
            name: String?, ucd: String? = nil, unit: String? = nil, dataType: DataType? = nil,
            description: String? = nil
        ) {
            self.name = name
            self.ucd = ucd
            self.unit = unit
            self.dataType = dataType?.rawValue
            self.description = description
        }
    }
}
