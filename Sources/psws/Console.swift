// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Where a command speaks: results to standard output, diagnostics to standard error.
enum Console {
    /// Writes a line of results at once, so that a program that reads it need not wait.
    static func say(_ line: String) { write(line, to: STDOUT_FILENO) }

    /// Writes a line of diagnostics.
    static func complain(_ line: String) { write(line, to: STDERR_FILENO) }

    private static func write(_ line: String, to descriptor: Int32) {
        var rest = Array((line + "\n").utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            // Nobody reads: there is no one left to tell.
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
