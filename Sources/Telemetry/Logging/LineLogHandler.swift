// SPDX-License-Identifier: Apache-2.0

import Glibc
import Logging
import UTC

/// Writes each log message as one line: what happened, then its metadata as `key=value`.
///
/// A message never becomes more than one line, whatever it quotes, and never more than `maximumLineBytes`.
///
///     2026-11-22T21:14:05.250Z warning camera: no frame for 0.25 s camera=/dev/video0
///     <4>camera: no frame for 0.25 s camera=/dev/video0
public struct LineLogHandler: LogHandler {
    /// Longer lines are cut; the journal would break them up at 48 KiB.
    public static let maximumLineBytes = 8192

    /// Least level that is written.
    public var logLevel: Logger.Level
    /// Metadata of every message.
    public var metadata: Logger.Metadata = [:]
    /// Metadata that depends on the task.
    public var metadataProvider: Logger.MetadataProvider?

    private let label: String
    private let style: LogLineStyle
    private let now: @Sendable () -> UTCInstant
    private let write: @Sendable (String) -> Void

    /// A handler.
    ///
    /// - Parameters:
    ///   - label: what the message is about, written before it; may be empty.
    ///   - level: least level that is written.
    ///   - style: how a line begins.
    ///   - now: the time of a line.
    ///   - write: takes a line, which ends in a line break.
    public init(
        label: String, level: Logger.Level = .info, style: LogLineStyle = .ofStandardError(),
        now: @escaping @Sendable () -> UTCInstant = UTCInstant.now,
        write: @escaping @Sendable (String) -> Void = LineLogHandler.writeToStandardError
    ) {
        self.label = label
        logLevel = level
        self.style = style
        self.now = now
        self.write = write
    }

    /// One metadata value.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes a message.
    public func log(event: LogEvent) {
        var line = start(level: event.level)
        if !label.isEmpty { line += SingleLine.text(label) + ": " }
        line += SingleLine.text(event.message.description)
        for (key, value) in event.metadata(of: self).sorted(by: { $0.key < $1.key }) {
            line += " " + SingleLine.value(key) + "=" + SingleLine.value(value.description)
        }
        write(SingleLine.cut(line, bytes: LineLogHandler.maximumLineBytes) + "\n")
    }

    /// Writes to standard error in one call, so that lines of several threads do not mix.
    public static func writeToStandardError(_ line: String) {
        let bytes = Array(line.utf8)
        _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
    }

    private func start(level: Logger.Level) -> String {
        switch style {
        case .timed: "\(now().iso8601()) \(level.rawValue) "
        case .journal: "<\(level.priority)>"
        }
    }
}
