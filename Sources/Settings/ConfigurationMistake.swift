// SPDX-License-Identifier: Apache-2.0

/// One mistake in a configuration file: where it is, what is wrong, and what to write instead.
public struct ConfigurationMistake: Error, Sendable, Hashable, CustomStringConvertible {
    /// Where the mistake is.
    public let place: SettingsPlace
    /// The key, with the sections around it: `camera.exposure`, `detection.exclude[2].x`. Empty for the whole file.
    public let key: String
    /// What is wrong, in one sentence without a full stop.
    public let message: String
    /// What to write or do; nil where nothing helps.
    public let remedy: String?

    /// A mistake from its parts.
    public init(place: SettingsPlace, key: String, message: String, remedy: String? = nil) {
        self.place = place
        self.key = key
        self.message = message
        self.remedy = remedy
    }

    /// `line:column: error: key: message (remedy)`, the form that editors and terminals make clickable once the
    /// file stands before it.
    public var description: String {
        "\(place.line):\(place.column): error: " + (key.isEmpty ? "" : "\(key): ") + message
            + (remedy.map { " (\($0))" } ?? "")
    }
}
