// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Where diagnostics go, so that standard output holds results alone.
enum StandardError {
    /// Writes one message and ends the line.
    static func write(_ message: String) {
        // Nothing can be done about a standard error that takes nothing.
        _ = try? FileDescriptor.standardError.writeAll((message + "\n").utf8)
    }
}
