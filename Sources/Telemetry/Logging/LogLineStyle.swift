// SPDX-License-Identifier: Apache-2.0

import Glibc

/// How a log line begins.
public enum LogLineStyle: Sendable, Hashable {
    /// With the time in UTC and the level, for a terminal or a file.
    case timed
    /// With the priority in angle brackets, as the journal reads it from a service's standard error; the journal
    /// keeps the time itself.
    case journal

    /// The style that fits standard error: `journal` if it goes to the journal, as systemd says in `JOURNAL_STREAM`.
    ///
    /// The variable is inherited by programs whose output goes elsewhere, so its device and inode are compared with
    /// those of standard error, as systemd.exec(5) advises.
    ///
    /// - Parameter variable: looks up an environment variable.
    public static func ofStandardError(environment variable: (String) -> String? = environmentVariable) -> LogLineStyle
    {
        guard let stream = variable("JOURNAL_STREAM") else { return .timed }
        var status = stat()
        guard fstat(STDERR_FILENO, &status) == 0, stream == "\(status.st_dev):\(status.st_ino)" else { return .timed }
        return .journal
    }
}
