// SPDX-License-Identifier: Apache-2.0

extension What {
    /// One value with its name, meaning and unit.
    public struct Param: Sendable, Hashable {
        /// Name, for programs; unique where the parameter stands.
        public var name: String?
        /// Value as written; nil if there is none.
        public var value: String?
        /// What the value means, as an IVOA unified content descriptor.
        public var ucd: String?
        /// Unit, after the VOUnits standard; nil for numbers without one.
        public var unit: String?
        /// Type as written (`string`, `float`, `int`, or what else the author invented); nil means string.
        public var dataType: String?
        /// Place of the value in some data model.
        public var utype: String?
        /// A text about the value.
        public var description: String?
        /// Things on the web about the value.
        public var references: [EventReference] = []

        /// A parameter from its parts, as text.
        public init(
            name: String?, value: String?, ucd: String? = nil, unit: String? = nil, dataType: DataType? = nil,
            description: String? = nil
        ) {
            self.name = name
            self.value = value
            self.ucd = ucd
            self.unit = unit
            self.dataType = dataType?.rawValue
            self.description = description
        }

        /// A floating-point number. `NaN` and the infinities are written as XML Schema has them.
        public init(name: String, value: Double, ucd: String?, unit: String?, description: String? = nil) {
            self.init(
                name: name, value: numberText(value), ucd: ucd, unit: unit, dataType: .float, description: description)
        }

        /// A whole number.
        public init(name: String, value: Int, ucd: String?, unit: String? = nil, description: String? = nil) {
            self.init(name: name, value: String(value), ucd: ucd, unit: unit, dataType: .int, description: description)
        }

        /// The value as a number; NaN if it is none, as the standard says a reader shall take it.
        public var doubleValue: Double { value.flatMap(XSDLexical.float) ?? .nan }

        /// The value as a whole number; nil if it is none.
        public var intValue: Int? { value.flatMap { Int(XSDLexical.collapsed($0)) } }
    }
}

/// A number as XML Schema writes floats.
func numberText(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-INF" : "INF" }
    return "\(value)"
}
