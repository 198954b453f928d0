// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Where diagnostics go, so that standard output holds results alone.
public enum StandardError {
    /// Writes one message at once and ends the line. A standard error that takes nothing is no error: nobody is left
    /// to be told.
    public static func write(_ message: String) {
        StandardStream.write(message + "\n", to: STDERR_FILENO)
    }
}

/// Where results go.
public enum StandardOutput {
    /// Writes one result at once, also into a pipe, and ends the line: who reads a stream of events waits for each.
    public static func write(_ line: String) {
        StandardStream.write(line + "\n", to: STDOUT_FILENO)
    }
}

private enum StandardStream {
    static func write(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            // An array of its own, because a slice does not bridge to a C pointer.
            let count = Glibc.write(descriptor, Array(rest), rest.count)
            if count < 0, errno != EINTR { return }
            rest = rest.dropFirst(max(count, 0))
        }
    }
}
