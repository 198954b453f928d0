// SPDX-License-Identifier: Apache-2.0

import CNotify
import Logging

/// Sends each log message to systemd's journal as an entry with fields; libsystemd is not needed.
///
/// The text is `MESSAGE`, the level `PRIORITY`, and every metadata value a field of its own, its key in capitals
/// behind `PSWS_`: `journalctl PSWS_CAMERA=/dev/video0` shows what concerns a camera.
///
/// - Reference: systemd's "Native Journal Protocol".
public struct JournalLogHandler: LogHandler {
    /// Longer values are cut. An entry that is too long for one datagram all the same goes to standard error.
    public static let maximumValueBytes = 32_768

    /// Least level that is written.
    public var logLevel: Logger.Level
    /// Metadata of every message.
    public var metadata: Logger.Metadata = [:]
    /// Metadata that depends on the task.
    public var metadataProvider: Logger.MetadataProvider?

    private let identifier: String
    private let send: @Sendable (String) -> Bool

    /// A handler.
    ///
    /// - Parameters:
    ///   - identifier: name of the program, as `journalctl -t` takes it.
    ///   - level: least level that is written.
    ///   - send: takes an entry; false if it could not be delivered.
    public init(
        identifier: String, level: Logger.Level = .info,
        send: @escaping @Sendable (String) -> Bool = JournalLogHandler.sendToJournal
    ) {
        self.identifier = identifier
        logLevel = level
        self.send = send
    }

    /// One metadata value.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes a message.
    public func log(event: LogEvent) {
        var entry = JournalLogHandler.field("MESSAGE", event.message.description)
        entry += JournalLogHandler.field("PRIORITY", "\(event.level.priority)")
        entry += JournalLogHandler.field("SYSLOG_IDENTIFIER", identifier)
        let all = event.metadata(of: self)
        for (key, value) in all.sorted(by: { $0.key < $1.key }) {
            entry += JournalLogHandler.field(JournalLogHandler.name(key), value.description)
        }
        guard !send(entry) else { return }
        var fallback = LineLogHandler(label: "", level: logLevel, style: .journal)
        fallback.metadata = metadata
        fallback.metadataProvider = metadataProvider
        fallback.log(event: event)
    }

    /// Sends to the journal's socket.
    public static func sendToJournal(_ entry: String) -> Bool {
        cnotify_send("/run/systemd/journal/socket", entry, entry.utf8.count) == 0
    }

    /// A field in a line; a line break in its value would begin another.
    private static func field(_ name: String, _ value: String) -> String {
        "\(name)=\(SingleLine.cut(SingleLine.text(value), bytes: maximumValueBytes))\n"
    }

    /// A name that the journal takes: capitals, digits and underscores, at most 64.
    private static func name(_ key: String) -> String {
        let characters = key.uppercased().unicodeScalars.map { scalar -> Character in
            ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar) ? Character(scalar) : "_"
        }
        return String(("PSWS_" + String(characters)).prefix(64))
    }
}
