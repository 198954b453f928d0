// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Holds an outbox for one delivering process. The kernel gives it back when the process ends, however it ends.
final class OutboxLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock.
    ///
    /// - Parameter path: the lock file; it is made, stays, and means nothing by being there.
    init(_ path: String) throws(OutboxError) {
        let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard opened >= 0 else { throw OutboxError(FileError(errno, path)) }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(opened)
            guard code == EWOULDBLOCK else { throw OutboxError(FileError(code, path)) }
            throw OutboxError(
                .locked, place: path, message: "another psws-agent delivers from this outbox",
                remedy: "stop it, or give this one an outbox of its own")
        }
        descriptor = opened
    }

    deinit { close(descriptor) }
}
