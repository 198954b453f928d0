// SPDX-License-Identifier: Apache-2.0

/// What a key holds: how its text becomes a `Value`, and what is said if it does not.
///
/// The kinds that every configuration needs are static members (`.text()`, `.integer(1...10)`, `.seconds(0...60)`,
/// `.choice(Role.self)`); a room adds its own in an extension.
public struct SettingsValue<Value: Sendable>: Sendable {
    /// Stands in for a value that is missing or wrong, so that reading goes on to the next key. It never reaches
    /// anybody: the document throws.
    let placeholder: Value
    /// Reads the text of a value, and is told whether it was quoted.
    let parse: @Sendable (_ text: String, _ isQuoted: Bool) throws(SettingsFault) -> Value

    /// A kind of value from the function that reads it.
    ///
    /// - Parameters:
    ///   - placeholder: any value, used to go on after a mistake.
    ///   - parse: turns the text as it stands in the file, without quotes, into a value.
    public init(
        placeholder: Value, parse: @escaping @Sendable (_ text: String, _ isQuoted: Bool) throws(SettingsFault) -> Value
    ) {
        self.placeholder = placeholder
        self.parse = parse
    }
}

/// Why a text is not the value that its key asks for.
public struct SettingsFault: Error, Sendable, Hashable {
    /// What is wrong, in one sentence without a full stop.
    public let message: String
    /// What to write instead; nil where the message says it.
    public let remedy: String?

    /// A fault from its parts.
    public init(_ message: String, remedy: String? = nil) {
        self.message = message
        self.remedy = remedy
    }
}
