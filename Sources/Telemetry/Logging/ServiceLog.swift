// SPDX-License-Identifier: Apache-2.0

import Logging

/// Where the log of a service goes.
public enum ServiceLog {
    /// A handler for the journal, with fields, if standard error is connected to it; otherwise one for lines on
    /// standard error.
    ///
    /// - Parameters:
    ///   - program: name of the program, for the journal.
    ///   - level: least level that is written.
    ///   - style: how standard error is connected.
    public static func handler(
        program: String, level: Logger.Level, style: LogLineStyle = .ofStandardError()
    ) -> any LogHandler {
        switch style {
        case .journal: JournalLogHandler(identifier: program, level: level)
        case .timed: LineLogHandler(label: "", level: level, style: .timed)
        }
    }
}

extension LogEvent {
    /// Everything that is known beside the message: of the handler, of the task, of the message, the later the better.
    func metadata(of handler: some LogHandler) -> Logger.Metadata {
        var all = handler.metadata
        if let provided = handler.metadataProvider?.get() { all.merge(provided) { _, new in new } }
        if let metadata { all.merge(metadata) { _, new in new } }
        if let error { all["error"] = .string("\(error)") }
        return all
    }
}

extension Logger.Level {
    /// Priority of syslog(3).
    var priority: Int {
        switch self {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}
