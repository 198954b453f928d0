// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The directory where a server keeps its data. One server uses it at a time.
public final class DataDirectory: Sendable {
    /// What the directory is opened for.
    public enum Use: Sendable {
        /// To write into it: nobody else may meanwhile.
        case serving
        /// To read only, also while a server uses it.
        case reading
    }

    /// What the directory was opened for.
    public let use: Use
    /// Path as it was given.
    public let path: String
    private let lock: Int32?

    /// Makes the directory if it is missing and takes it for this process, until the value is released.
    ///
    /// - Throws: `dataDirectory` if it cannot be made or written, `alreadyInUse` if another server has it.
    public init(path: String, use: Use = .serving) throws(ServerError) {
        self.path = path
        self.use = use
        guard use == .serving else {
            lock = nil
            return
        }
        try DataDirectory.make(path: path)
        // The lock goes with the process, however it ends: no stale lock file stops the next start.
        let descriptor = open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else {
            throw ServerError(
                .dataDirectory, place: path, message: String(cString: strerror(errno)),
                remedy: "choose a directory that you may write to with --data")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw ServerError(
                .alreadyInUse, place: path, message: "another psws-server uses this data directory",
                remedy: "stop it, or choose another directory with --data")
        }
        lock = descriptor
    }

    /// Makes the directory if it is missing, without taking it: who writes into files that are made for several at a time
    /// may do so beside a server.
    ///
    /// - Throws: `dataDirectory` if it cannot be made.
    static func make(path: String) throws(ServerError) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o750])
        } catch {
            throw ServerError(
                .dataDirectory, place: path, message: "the data directory cannot be made",
                remedy: "choose a directory that you may write to with --data")
        }
    }

    deinit { if let lock { close(lock) } }

    /// Path of a file in the directory.
    public func file(_ name: String) -> String { path + "/" + name }
}
