// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Prints lines for people on standard error, where they do not mix with results.
func printError(_ text: String) {
    let bytes = Array((text + "\n").utf8)
    var written = 0
    while written < bytes.count {
        let count = write(STDERR_FILENO, Array(bytes[written...]), bytes.count - written)
        // A closed standard error has nobody to tell.
        if count < 0, errno != EINTR { return }
        written += max(count, 0)
    }
}

/// Prints one line of results on standard output at once, also into a pipe.
func printLine(_ text: String) {
    print(text)
    fflush(nil)
}
