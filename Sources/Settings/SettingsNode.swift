// SPDX-License-Identifier: Apache-2.0

/// A value in a configuration file with its place: a text, a list or a section.
struct SettingsNode: Sendable {
    /// The content of a node.
    enum Content: Sendable {
        /// Text, and whether it was quoted. YAML's own guesses at types are not used: the key decides its type.
        case scalar(String, isQuoted: Bool)
        /// A list.
        case list([SettingsNode])
        /// A section: keys in the order of the file, none twice.
        case section([Entry])
    }

    /// One `key: value` of a section.
    struct Entry: Sendable {
        let key: String
        let keyPlace: SettingsPlace
        let value: SettingsNode
    }

    let place: SettingsPlace
    let content: Content

    /// True for what YAML calls null: nothing, `~` or `null`.
    var isEmpty: Bool {
        guard case .scalar(let text, isQuoted: false) = content else { return false }
        return ["", "~", "null"].contains(text)
    }

    /// What the node is, for messages: `the text 'abc'`, `a list`, `a section`.
    var kindInWords: String {
        switch content {
        case .scalar(let text, _): "the text \(quoted(text))"
        case .list: "a list"
        case .section: "a section"
        }
    }
}

/// A text in quotes for a message, cut where it is too long to be read and without control characters.
func quoted(_ text: String) -> String {
    let maximumLength = 60
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(maximumLength) {
        shown.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
    }
    return "'" + String(shown) + (text.unicodeScalars.count > maximumLength ? "…" : "") + "'"
}
