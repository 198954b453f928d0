// SPDX-License-Identifier: Apache-2.0

/// Reads a condition word by word.
struct ConditionParser {
    /// Deepest nesting of brackets and `not`.
    private static let maximumDepth = 32

    private let text: String
    private let words: [(text: Substring, column: Int)]
    private var position = 0
    private(set) var comparisons: [WindCondition.Comparison] = []

    init(_ text: String) {
        self.text = text
        words = ConditionParser.words(of: text)
    }

    /// The whole text.
    mutating func parse() throws(PropagationError) -> WindCondition.Node {
        let node = try either(depth: 0)
        if let word = next { throw failure("\"\(word.prefix(24))\" is not expected here") }
        return node
    }

    private var next: Substring? { position < words.count ? words[position].text : nil }

    private mutating func take(_ word: String) -> Bool {
        guard let next, next.lowercased() == word else { return false }
        position += 1
        return true
    }

    private func failure(_ message: String) -> PropagationError {
        let column = position < words.count ? words[position].column : text.count + 1
        return PropagationError(
            .condition, place: "condition, column \(column)", message: message,
            remedy: "write for example pdyn > 0.1 nPa and v > 450 km/s")
    }

    private mutating func either(depth: Int) throws(PropagationError) -> WindCondition.Node {
        var node = try both(depth: depth)
        while take("or") || take("||") { node = .either(node, try both(depth: depth)) }
        return node
    }

    private mutating func both(depth: Int) throws(PropagationError) -> WindCondition.Node {
        var node = try factor(depth: depth)
        while take("and") || take("&&") { node = .both(node, try factor(depth: depth)) }
        return node
    }

    private mutating func factor(depth: Int) throws(PropagationError) -> WindCondition.Node {
        guard depth < ConditionParser.maximumDepth else { throw failure("the nesting is too deep") }
        if take("not") || take("!") { return .not(try factor(depth: depth + 1)) }
        if take("(") {
            let node = try either(depth: depth + 1)
            guard take(")") else { throw failure("a closing bracket is missing") }
            return node
        }
        return try comparison()
    }

    private mutating func comparison() throws(PropagationError) -> WindCondition.Node {
        guard let name = next else { throw failure("a quantity is missing") }
        guard let quantity = WindQuantity(name: name) else {
            let known = WindQuantity.allCases.map(\.rawValue).joined(separator: ", ")
            throw failure("\"\(name.prefix(24))\" is no quantity; there are \(known)")
        }
        position += 1
        guard let sign = next, let relation = WindCondition.Comparison.Relation(rawValue: String(sign)) else {
            throw failure("one of > >= < <= is missing")
        }
        position += 1
        guard let number = next, let value = Double(number), value.isFinite else {
            throw failure("a number is missing")
        }
        position += 1
        let factor = try unitFactor(quantity)
        comparisons.append(.init(quantity: quantity, relation: relation, threshold: value * factor))
        return .comparison(comparisons.count - 1)
    }

    /// How much the unit that follows, if there is one, is in the unit of the quantity.
    private mutating func unitFactor(_ quantity: WindQuantity) throws(PropagationError) -> Double {
        guard let unit = next, !["and", "or", "&&", "||", ")"].contains(unit.lowercased()) else { return 1 }
        guard let known = quantity.units.first(where: { $0.name == unit }) else {
            let names = quantity.units.map(\.name).joined(separator: ", ")
            throw failure(
                "\"\(unit.prefix(24))\" is no unit of \(quantity.rawValue)"
                    + (names.isEmpty ? ", which has none" : "; there are \(names)"))
        }
        position += 1
        return known.factor
    }

    /// Names, numbers, units, relations and brackets with their columns.
    private static func words(of text: String) -> [(text: Substring, column: Int)] {
        var result: [(Substring, Int)] = []
        var index = text.startIndex
        var column = 1
        func kind(_ character: Character) -> Int {
            switch character {
            case " ", "\t", "\n", "\r", "\r\n": 0
            case "<", ">", "=", "!", "&", "|": 1
            case "(", ")": 2
            case _ where character.isNumber || character == ".": 3
            default: 4
            }
        }
        while index < text.endIndex {
            let first = kind(text[index])
            var end = text.index(after: index)
            if first == 1 {
                while end < text.endIndex, kind(text[end]) == 1 { end = text.index(after: end) }
            } else if first >= 3 {
                let isNumber =
                    first == 3
                    || ((text[index] == "-" || text[index] == "+") && end < text.endIndex && kind(text[end]) == 3)
                while end < text.endIndex, kind(text[end]) >= 3 {
                    // `0.1nPa` is a number and a unit; `1e-3` is a number.
                    if isNumber, kind(text[end]) == 4, Double(text[index...end]) == nil,
                        !isExponent(text, from: index, at: end)
                    {
                        break
                    }
                    end = text.index(after: end)
                }
            }
            if first != 0 { result.append((text[index..<end], column)) }
            column += text.distance(from: index, to: end)
            index = end
        }
        return result
    }

    /// Whether an `e`, or the sign after it, goes on with a number.
    private static func isExponent(_ text: String, from start: String.Index, at index: String.Index) -> Bool {
        let rest = text[index...].prefix(3)
        if rest.first == "e" || rest.first == "E" {
            let digits = rest.dropFirst()
            guard let sign = digits.first else { return false }
            return sign.isNumber || ((sign == "-" || sign == "+") && digits.dropFirst().first?.isNumber == true)
        }
        let before = text[start..<index].last
        return (rest.first == "-" || rest.first == "+") && (before == "e" || before == "E")
    }
}
