// SPDX-License-Identifier: Apache-2.0

/// What was measured: parameters, groups of them, and small tables, in the author's order.
public struct What: Sendable, Hashable {
    /// One thing in `What`.
    public enum Item: Sendable, Hashable {
        /// A single value.
        case param(Param)
        /// Values that belong together.
        case group(Group)
        /// A small table.
        case table(Table)
        /// A text.
        case description(String)
        /// Something on the web.
        case reference(EventReference)
    }

    /// Everything in the order of the packet.
    public var items: [Item]

    /// Measurements in order.
    public init(_ items: [Item] = []) { self.items = items }

    /// The parameters that stand directly in `What`.
    public var params: [Param] { items.compactMap { if case .param(let param) = $0 { param } else { nil } } }
    /// The groups.
    public var groups: [Group] { items.compactMap { if case .group(let group) = $0 { group } else { nil } } }
    /// The tables.
    public var tables: [Table] { items.compactMap { if case .table(let table) = $0 { table } else { nil } } }

    /// The first parameter of that name directly in `What`.
    public func param(_ name: String) -> Param? { params.first { $0.name == name } }
    /// The first group of that name.
    public func group(_ name: String) -> Group? { groups.first { $0.name == name } }

    /// Types that a value can say it has.
    public enum DataType: String, Sendable, Hashable, CaseIterable {
        /// Text, the default.
        case string
        /// A floating-point number.
        case float
        /// A whole number.
        case int
    }

    /// Values that belong together. Groups do not nest.
    public struct Group: Sendable, Hashable {
        /// Name, for programs.
        public var name: String?
        /// Type, for programs that know the author's conventions.
        public var type: String?
        /// The values.
        public var params: [Param]
        /// A text about the group.
        public var description: String?
        /// Things on the web about the group.
        public var references: [EventReference] = []

        /// A group.
        public init(name: String?, type: String? = nil, params: [Param], description: String? = nil) {
            self.name = name
            self.type = type
            self.params = params
            self.description = description
        }

        /// The first parameter of that name.
        public func param(_ name: String) -> Param? { params.first { $0.name == name } }
    }
}
