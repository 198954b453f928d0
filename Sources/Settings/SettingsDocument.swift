// SPDX-License-Identifier: Apache-2.0

/// A configuration file that was read and is YAML; what it means is told by `decode`.
///
/// The YAML is the part that people write by hand: sections, lists and plain or quoted texts in one document. Anchors,
/// aliases, tags and a second document are refused, so that what stands in the file is what is read.
public struct SettingsDocument: Sendable {
    /// The file, as it was named.
    public let file: String
    let root: SettingsNode
    /// Mistakes that left a tree behind, such as a key that stands twice; reported together with those of the values.
    let mistakes: [ConfigurationMistake]

    /// Reads a document from its bytes, which are UTF-8.
    ///
    /// - Parameters:
    ///   - yaml: the content of the file.
    ///   - file: its name, for messages.
    ///   - limits: what is too large.
    /// - Throws: what keeps the bytes from being YAML, or a limit that is exceeded.
    public init(yaml: [UInt8], file: String, limits: SettingsLimits = SettingsLimits()) throws(ConfigurationError) {
        self.file = file
        guard yaml.count <= limits.bytes else {
            throw ConfigurationError(file: file, mistakes: [fileTooLarge(limits)])
        }
        do {
            var builder = YAMLTreeBuilder(limits: limits)
            root = try builder.build(yaml)
            mistakes = builder.mistakes
        } catch {
            throw ConfigurationError(file: file, mistakes: [error])
        }
    }

    /// Reads the file at `path`.
    public init(path: String, limits: SettingsLimits = SettingsLimits()) throws(ConfigurationError) {
        let bytes: [UInt8]
        do {
            bytes = try readRegularFile(path, maximumBytes: limits.bytes)
        } catch {
            let mistake =
                switch error {
                case .tooLarge: fileTooLarge(limits)
                case .failed(let message, let remedy):
                    ConfigurationMistake(place: .start, key: "", message: message, remedy: remedy)
                }
            throw ConfigurationError(file: path, mistakes: [mistake])
        }
        try self.init(yaml: bytes, file: path, limits: limits)
    }

    /// Gives the file its meaning: `read` takes the values out of the root section.
    ///
    /// For example:
    ///
    ///     let port = try document.decode { root in
    ///         root.section("broker") { $0.read("port", .integer(1...65_535), default: 8098) }
    ///     }
    ///
    /// - Returns: what `read` returned, if nothing was wrong anywhere.
    /// - Throws: all mistakes of the file at once.
    public func decode<Value>(_ read: (inout SettingsSection) -> Value) throws(ConfigurationError) -> Value {
        var section = SettingsSection(root, key: "", keyPlace: .start)
        let value = read(&section)
        let all = mistakes + section.finish()
        guard all.isEmpty else { throw ConfigurationError(file: file, mistakes: all) }
        return value
    }
}

private func fileTooLarge(_ limits: SettingsLimits) -> ConfigurationMistake {
    ConfigurationMistake(
        place: .start, key: "", message: "the file is larger than \(limits.bytes) bytes",
        remedy: "is this a configuration file?")
}
