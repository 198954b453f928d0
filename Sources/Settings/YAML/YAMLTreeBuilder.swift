// SPDX-License-Identifier: Apache-2.0

/// Builds the tree of a document from libyaml's events and notes what YAML allows but a configuration does not.
struct YAMLTreeBuilder {
    private let limits: SettingsLimits
    private var nodeCount = 0
    /// What was wrong without spoiling the tree.
    private(set) var mistakes: [ConfigurationMistake] = []

    init(limits: SettingsLimits) { self.limits = limits }

    /// The root of the only document in `text`; an empty section for an empty file.
    mutating func build(_ text: [UInt8]) throws(ConfigurationMistake) -> SettingsNode {
        // With the encoding given, libyaml takes a byte order mark for a character.
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let content = text.starts(with: byteOrderMark) ? Array(text.dropFirst(byteOrderMark.count)) : text
        return try document(YAMLEventReader(content))
    }

    private mutating func document(_ events: borrowing YAMLEventReader) throws(ConfigurationMistake) -> SettingsNode {
        var root: SettingsNode?
        while true {
            let event = try events.next()
            switch event.kind {
            case .streamEnd:
                return root ?? SettingsNode(place: .start, content: .section([]))
            case .documentStart where root != nil:
                throw ConfigurationMistake(
                    place: event.place, key: "", message: "a second document begins",
                    remedy: "remove the line '---' and put everything into one document")
            case .documentStart, .documentEnd, .other: continue
            default: root = try node(event, depth: 1, path: "", events)
            }
        }
    }

    /// The node that begins with `event`.
    private mutating func node(
        _ event: YAMLEvent, depth: Int, path: String, _ events: borrowing YAMLEventReader
    ) throws(ConfigurationMistake) -> SettingsNode {
        try count(event.place, depth: depth)
        noteReuse(event, path: path)
        switch event.kind {
        case .scalar(let text, let isQuoted):
            return SettingsNode(place: event.place, content: .scalar(text, isQuoted: isQuoted))
        case .listStart:
            var elements: [SettingsNode] = []
            while true {
                let next = try events.next()
                if case .listEnd = next.kind { return SettingsNode(place: event.place, content: .list(elements)) }
                let elementPath = "\(path)[\(elements.count + 1)]"
                elements.append(try node(next, depth: depth + 1, path: elementPath, events))
            }
        case .sectionStart:
            return try section(event, depth: depth, path: path, events)
        default:
            // An alias, which was noted; nothing stands in for it.
            return SettingsNode(place: event.place, content: .scalar("", isQuoted: false))
        }
    }

    private mutating func section(
        _ event: YAMLEvent, depth: Int, path: String, _ events: borrowing YAMLEventReader
    ) throws(ConfigurationMistake) -> SettingsNode {
        var entries: [SettingsNode.Entry] = []
        var firstPlaces: [String: SettingsPlace] = [:]
        while true {
            let keyEvent = try events.next()
            if case .sectionEnd = keyEvent.kind {
                return SettingsNode(place: event.place, content: .section(entries))
            }
            let keyNode = try node(keyEvent, depth: depth + 1, path: path, events)
            let key: String? = if case .scalar(let text, _) = keyNode.content, !text.isEmpty { text } else { nil }
            let keyPath = [path, key ?? "?"].filter { !$0.isEmpty }.joined(separator: ".")
            let value = try node(try events.next(), depth: depth + 1, path: keyPath, events)
            guard let key else {
                note(keyNode.place, key: path, "a key must be a word", remedy: "write 'key: value'")
                continue
            }
            if let first = firstPlaces[key] {
                note(
                    keyNode.place, key: keyPath,
                    "the key stands twice, first at line \(first.line), column \(first.column)",
                    remedy: "remove one of them")
                continue
            }
            firstPlaces[key] = keyNode.place
            entries.append(SettingsNode.Entry(key: key, keyPlace: keyNode.place, value: value))
        }
    }

    private mutating func count(_ place: SettingsPlace, depth: Int) throws(ConfigurationMistake) {
        nodeCount += 1
        guard nodeCount <= limits.nodes else {
            throw ConfigurationMistake(
                place: place, key: "", message: "the file holds more than \(limits.nodes) keys and values",
                remedy: "is this a configuration file?")
        }
        guard depth <= limits.depth else {
            throw ConfigurationMistake(
                place: place, key: "", message: "sections and lists are nested deeper than \(limits.depth) levels",
                remedy: "is this a configuration file?")
        }
    }

    /// Anchors, aliases and tags: a value would not be what stands there, and aliases of aliases grow without bound.
    private mutating func noteReuse(_ event: YAMLEvent, path: String) {
        if case .alias = event.kind {
            note(
                event.place, key: path, "aliases ('*name') are not supported",
                remedy: "write the value out; a text that begins with * must be quoted")
        }
        if event.hasAnchor {
            note(
                event.place, key: path, "anchors ('&name') are not supported",
                remedy: "remove it; a text that begins with & must be quoted")
        }
        if event.hasTag {
            note(
                event.place, key: path, "tags ('!name') are not supported",
                remedy: "remove it; a text that begins with ! must be quoted")
        }
    }

    private mutating func note(_ place: SettingsPlace, key: String, _ message: String, remedy: String) {
        // The report is cut there anyway.
        guard mistakes.count < ConfigurationError.maximumMistakes else { return }
        mistakes.append(ConfigurationMistake(place: place, key: key, message: message, remedy: remedy))
    }
}
