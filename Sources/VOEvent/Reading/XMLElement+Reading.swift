// SPDX-License-Identifier: Apache-2.0
import XML

extension XMLElement {
    /// The text of this element without white space around it. Within, it stays as it is.
    var trimmedText: String {
        let bytes = text.utf8
        guard let first = bytes.firstIndex(where: { !XSDLexical.isWhiteSpace($0) }),
            let last = bytes.lastIndex(where: { !XSDLexical.isWhiteSpace($0) })
        else { return "" }
        return String(text[first...last])
    }

    /// The trimmed text of the first child of that name; nil without such a child.
    func childText(_ name: String) -> String? { firstChild(name)?.trimmedText }

    /// The trimmed texts of all children of that name.
    func childTexts(_ name: String) -> [String] { children(name).map(\.trimmedText) }

    /// The references among the children.
    var references: [EventReference] { children("Reference").map(EventReference.init(reading:)) }

    /// The number in the first child of that name; NaN if it is none, nil without such a child.
    func childNumber(_ name: String) -> Double? { firstChild(name).map { XSDLexical.float($0.text) ?? .nan } }

    /// The number in an attribute; NaN if it is none, nil without the attribute.
    func number(_ name: String) -> Double? { attribute(name).map { XSDLexical.float($0) ?? .nan } }

    /// The unit attribute, which 1.1 also calls `units`.
    var unit: String? { attribute("unit") ?? attribute("units") }
}
