// SPDX-License-Identifier: Apache-2.0

/// What one element of a cell is (section 2.1).
public enum VOTablePrimitive: String, Sendable, Hashable, CaseIterable {
    case boolean, bit, unsignedByte, short, int, long, char, unicodeChar, float, double, floatComplex, doubleComplex

    /// Bytes of an element in the binary serialisations; 0 for bits, eight of which share a byte.
    public var byteCount: Int {
        switch self {
        case .bit: 0
        case .boolean, .unsignedByte, .char: 1
        case .short, .unicodeChar: 2
        case .int, .float: 4
        case .long, .double, .floatComplex: 8
        case .doubleComplex: 16
        }
    }

    /// True for text, whose cells are strings.
    public var isText: Bool { self == .char || self == .unicodeChar }
    /// Numbers that make an element: two for complex ones.
    var numbersPerElement: Int { self == .floatComplex || self == .doubleComplex ? 2 : 1 }
}

/// How many elements a cell has, in how many dimensions (section 2.2).
public struct VOTableShape: Sendable, Hashable, CustomStringConvertible {
    /// Elements along each dimension, the fastest first, without the variable last one.
    public var dimensions: [Int]
    /// True if there is a last dimension of any length.
    public var isVariable: Bool
    /// Greatest length of that dimension; nil for none that is stated.
    public var bound: Int?

    /// More elements than this in the fixed dimensions are not believed.
    static let maximumElements = 1 << 24

    /// A shape from its parts.
    public init(dimensions: [Int], isVariable: Bool = false, bound: Int? = nil) {
        self.dimensions = dimensions
        self.isVariable = isVariable
        self.bound = bound
    }

    /// Any number of elements in one dimension.
    public static let variable = VOTableShape(dimensions: [], isVariable: true)

    /// A shape as in the attribute `arraysize`: `5`, `*`, `12*`, `3x2`, `64x*`; nil for what is none.
    public init?(_ text: String) {
        var parts = text.split(separator: "x", omittingEmptySubsequences: false).map { part in
            String(part.filter { $0 != " " })
        }
        guard let last = parts.popLast() else { return nil }
        if last.hasSuffix("*") {
            isVariable = true
            let number = last.dropLast()
            bound = Int(number)
            guard number.isEmpty || (bound ?? -1) >= 0 else { return nil }
        } else {
            isVariable = false
            bound = nil
            parts.append(last)
        }
        var product = 1
        dimensions = []
        for part in parts {
            guard let length = Int(part), length >= 0, length <= VOTableShape.maximumElements else { return nil }
            product *= max(length, 1)
            guard product <= VOTableShape.maximumElements else { return nil }
            dimensions.append(length)
        }
    }

    /// Elements of the fixed dimensions together.
    public var fixedCount: Int { dimensions.reduce(1, *) }

    /// As in the attribute `arraysize`.
    public var description: String {
        let fixed = dimensions.map(String.init)
        return (isVariable ? fixed + [(bound.map(String.init) ?? "") + "*"] : fixed).joined(separator: "x")
    }
}

/// What the cells of a column are.
public struct VOTableType: Sendable, Hashable {
    /// What an element is.
    public var primitive: VOTablePrimitive
    /// How many elements a cell has; nil for one.
    public var shape: VOTableShape?

    /// A type from its parts.
    public init(_ primitive: VOTablePrimitive, _ shape: VOTableShape? = nil) {
        self.primitive = primitive
        self.shape = shape
    }

    /// Text of any length.
    public static let text = VOTableType(.char, .variable)

    /// True if a cell has one number, bit or truth value.
    var isScalar: Bool { shape == nil && !primitive.isText && primitive.numbersPerElement == 1 && primitive != .bit }
    /// True if a cell of the binary serialisations begins with the number of its elements.
    var hasCount: Bool { shape?.isVariable ?? false }
    /// Elements of a cell without a count.
    var fixedCount: Int { shape?.fixedCount ?? 1 }

    /// Bytes that so many elements take in the binary serialisations.
    func byteCount(elements: Int) -> Int {
        primitive == .bit ? (elements + 7) / 8 : elements * primitive.byteCount
    }
}

/// What the values of a field can be (element VALUES).
public struct VOTableDomain: Sendable, Hashable {
    /// The value that stands for none, as written; nil for none such.
    public var null: String?
    /// Least and greatest value, as written.
    public var minimum: String?, maximum: String?
    /// The values that there can be, as written; empty for any.
    public var options: [String]

    /// A domain from its parts.
    public init(null: String? = nil, minimum: String? = nil, maximum: String? = nil, options: [String] = []) {
        self.null = null
        self.minimum = minimum
        self.maximum = maximum
        self.options = options
    }
}
