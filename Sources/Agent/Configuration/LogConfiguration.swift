// SPDX-License-Identifier: Apache-2.0

import Logging
import Settings

/// What the journal is told.
public struct LogConfiguration: Sendable, Hashable {
    /// Least weight of a message that is written.
    public enum Level: String, Sendable, Hashable, CaseIterable {
        case trace, debug, info, notice, warning, error, critical
    }

    /// Least weight of a message that is written.
    public var level = Level.info

    /// The same for the loggers.
    public var loggerLevel: Logger.Level { Logger.Level(rawValue: level.rawValue) ?? .info }

    init() {}

    init(_ section: inout SettingsSection) {
        level = section.read("level", .choice(), default: level)
    }
}
