// SPDX-License-Identifier: Apache-2.0

/// A section of a configuration file from which code takes the values of the keys it knows.
///
/// Reading is declaring: a key that is read is known, every other key of the section is a mistake. Nothing throws;
/// mistakes are collected, something harmless stands in for the value, and the document throws them all at the end.
/// A section of the configuration is best a value type with an initializer that reads it:
///
///     public struct SiteConfiguration: Sendable, Hashable {
///         /// Geodetic latitude in degrees, north positive.
///         public var latitudeDegrees: Double
///
///         init(_ section: inout SettingsSection) {
///             latitudeDegrees = section.read("latitude", .degrees(-90...90))
///         }
///     }
///
///     let site = root.section("site") { SiteConfiguration(&$0) }
public struct SettingsSection {
    /// The section with those around it, `camera.simulated`; empty for the whole file.
    let path: String
    /// Where a missing key is reported: at the key of the section.
    let place: SettingsPlace
    private let entries: [SettingsNode.Entry]
    /// Keys that were asked for, in that order.
    private var known: [String] = []
    /// Required keys that are not there.
    private(set) var missing: [String] = []
    private var mistakes: [ConfigurationMistake] = []
    /// False if the file does not have the section, or nothing in it.
    let isPresent: Bool

    /// The section that `node` holds; empty, with a mistake, if `node` is something else.
    init(_ node: SettingsNode, key: String, keyPlace: SettingsPlace) {
        path = key
        place = keyPlace
        if case .section(let entries) = node.content {
            self.entries = entries
            isPresent = true
            return
        }
        entries = []
        isPresent = false
        guard !node.isEmpty else { return }
        mistakes = [
            ConfigurationMistake(
                place: node.place, key: key, message: "\(node.kindInWords) stands where a section should be",
                remedy: "write its keys below, each 'key: value', indented by two spaces")
        ]
    }

    /// A section that the file does not have.
    init(absent key: String, place: SettingsPlace) {
        path = key
        self.place = place
        entries = []
        isPresent = false
    }

    // MARK: - Values

    /// The value of a key that must be there.
    public mutating func read<Value>(_ key: String, _ kind: SettingsValue<Value>) -> Value {
        guard let entry = entry(key) else {
            missing.append(key)
            return kind.placeholder
        }
        return value(of: entry.value, key: path(to: key), kind) ?? kind.placeholder
    }

    /// The value of a key, or `standard` if the key is not there.
    public mutating func read<Value>(_ key: String, _ kind: SettingsValue<Value>, default standard: Value) -> Value {
        readIfPresent(key, kind) ?? standard
    }

    /// The value of a key, or nil if the key is not there.
    public mutating func readIfPresent<Value>(_ key: String, _ kind: SettingsValue<Value>) -> Value? {
        entry(key).flatMap { value(of: $0.value, key: path(to: key), kind) }
    }

    /// The values of a list of `count` elements, or `standard` if the key is not there.
    public mutating func list<Value>(
        _ key: String, of kind: SettingsValue<Value>, count: ClosedRange<Int> = 0...1000, default standard: [Value] = []
    ) -> [Value] {
        guard let elements = elements(key, count: count) else { return standard }
        return elements.compactMap { value(of: $0.node, key: $0.path, kind) }
    }

    /// The keys and values of a section whose keys are free, such as the controls of a camera.
    public mutating func dictionary<Value>(_ key: String, of kind: SettingsValue<Value>) -> [String: Value] {
        guard let entry = entry(key) else { return [:] }
        let section = SettingsSection(entry.value, key: path(to: key), keyPlace: entry.keyPlace)
        mistakes += section.mistakes
        var values: [String: Value] = [:]
        for entry in section.entries {
            values[entry.key] = value(of: entry.value, key: section.path(to: entry.key), kind)
        }
        return values
    }

    // MARK: - Sections

    /// What `read` makes of a section below. A section that is not there is read as an empty one, so that its defaults
    /// stand; if it has keys that must be there, it is reported as missing.
    public mutating func section<Value>(_ key: String, _ read: (inout SettingsSection) -> Value) -> Value {
        let entry = entry(key)
        var section =
            entry.map { SettingsSection($0.value, key: path(to: key), keyPlace: $0.keyPlace) }
            ?? SettingsSection(absent: path(to: key), place: place)
        let value = read(&section)
        mistakes += section.finish()
        return value
    }

    /// What `read` makes of a section below, or nil if it is not there.
    public mutating func sectionIfPresent<Value>(_ key: String, _ read: (inout SettingsSection) -> Value) -> Value? {
        entry(key) == nil ? nil : section(key, read)
    }

    /// What `read` makes of each section of a list.
    public mutating func sections<Value>(
        _ key: String, count: ClosedRange<Int> = 0...1000, _ read: (inout SettingsSection) -> Value
    ) -> [Value] {
        guard let elements = elements(key, count: count) else { return [] }
        return elements.map { element in
            var section = SettingsSection(element.node, key: element.path, keyPlace: element.node.place)
            let value = read(&section)
            mistakes += section.finish()
            return value
        }
    }

    // MARK: - Mistakes

    /// Reports a value that is right in itself but does not go with the others; the place is that of `key`, or of the
    /// section if the key is not there.
    public mutating func reject(_ key: String, _ message: String, remedy: String? = nil) {
        let place = entries.first { $0.key == key }?.value.place ?? place
        mistakes.append(ConfigurationMistake(place: place, key: path(to: key), message: message, remedy: remedy))
    }

    /// The mistakes of this section and those below it, once everything was read.
    func finish() -> [ConfigurationMistake] {
        // Content that is no section was reported; its missing keys would only repeat that.
        guard isPresent || mistakes.isEmpty else { return mistakes }
        let unknown = entries.filter { !known.contains($0.key) }
        let meant = unknown.map { suggestion(for: $0.key, among: known) }
        let reports = zip(unknown, meant).map { entry, meant in
            ConfigurationMistake(
                place: entry.keyPlace, key: path(to: entry.key), message: "unknown key",
                remedy: meant.map { "did you mean '\($0)'?" }
                    ?? (known.isEmpty ? nil : "known here: \(known.sorted().joined(separator: ", "))"))
        }
        return mistakes + reports + missingKeys(except: meant)
    }

    /// Missing keys, but for those that an unknown key was meant to be.
    private func missingKeys(except misspelt: [String?]) -> [ConfigurationMistake] {
        let missing = missing.filter { !misspelt.contains($0) }
        guard isPresent || path.isEmpty else {
            guard !missing.isEmpty else { return [] }
            return [
                ConfigurationMistake(
                    place: place, key: path, message: "the section is missing",
                    remedy: "add it with " + missing.joined(separator: ", "))
            ]
        }
        return missing.map {
            ConfigurationMistake(
                place: place, key: path(to: $0), message: "the key is missing", remedy: "add '\($0): …'")
        }
    }

    // MARK: - Nodes

    private mutating func entry(_ key: String) -> SettingsNode.Entry? {
        if !known.contains(key) { known.append(key) }
        return entries.first { $0.key == key }
    }

    private mutating func value<Value>(of node: SettingsNode, key: String, _ kind: SettingsValue<Value>) -> Value? {
        guard !node.isEmpty else {
            note(node.place, key, "the key has no value", remedy: "write one, or remove the key")
            return nil
        }
        guard case .scalar(let text, let isQuoted) = node.content else {
            note(node.place, key, "\(node.kindInWords) stands where a single value should be")
            return nil
        }
        do {
            return try kind.parse(text, isQuoted)
        } catch {
            note(node.place, key, error.message, remedy: error.remedy)
            return nil
        }
    }

    /// The elements of a list with their paths; nil if the key is not there or no list.
    private mutating func elements(_ key: String, count: ClosedRange<Int>) -> [(node: SettingsNode, path: String)]? {
        guard let entry = entry(key) else { return nil }
        let path = path(to: key)
        guard case .list(let nodes) = entry.value.content else {
            note(
                entry.value.place, path,
                entry.value.isEmpty
                    ? "the list has no elements" : "\(entry.value.kindInWords) stands where a list should be",
                remedy: "write [one, two], or one element a line, each after '- '")
            return nil
        }
        guard count.contains(nodes.count) else {
            note(
                entry.value.place, path, "the list has \(nodes.count) elements",
                remedy: "write between \(count.lowerBound) and \(count.upperBound)")
            return nil
        }
        return nodes.enumerated().map { (node: $0.element, path: "\(path)[\($0.offset + 1)]") }
    }

    private mutating func note(_ place: SettingsPlace, _ key: String, _ message: String, remedy: String? = nil) {
        mistakes.append(ConfigurationMistake(place: place, key: key, message: message, remedy: remedy))
    }

    private func path(to key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}
