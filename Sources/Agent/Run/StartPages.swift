// SPDX-License-Identifier: Apache-2.0

import CPages

/// The memory that only the agent's start has used.
///
/// Reading a configuration, opening a camera and linking twenty libraries touches most of the program, and the kernel
/// maps sixteen pages for each that is touched. An agent that waits for its camera uses a tenth of that again.
enum StartPages {
    /// Seconds after which the start is over.
    private static let settledSeconds = 2.0

    /// Gives these pages back once the start is over. They are read from files: the kernel keeps them as long as nobody
    /// needs the room, and what is used again comes back by itself.
    static func release() async {
        try? await Task.sleep(for: .seconds(settledSeconds))
        if !Task.isCancelled { _ = cpages_release_read_only() }
    }
}
