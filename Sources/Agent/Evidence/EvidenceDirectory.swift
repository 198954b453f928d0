// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#endif

/// A directory that files are written into and kept on disk before anybody hears of them.
struct EvidenceDirectory {
    let path: String

    /// The path of a file in the directory.
    func path(of name: String) -> String { path + "/" + name }

    /// Writes a file, in place of one of the same name, and waits until the disk has it.
    func write(_ bytes: [UInt8], name: String) throws(EvidenceError) {
        let place = path(of: name)
        let descriptor = open(place, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw EvidenceDirectory.error(place, "cannot be written", errno) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let reason = errno
                _ = close(descriptor)
                throw EvidenceDirectory.error(place, "writing failed", reason)
            }
            written += count
        }
        try EvidenceDirectory.finish(descriptor, place)
    }

    /// Waits until the disk has a file that a library wrote, and gives its size in bytes.
    func synchronize(name: String) throws(EvidenceError) -> Int {
        let place = path(of: name)
        let descriptor = open(place, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw EvidenceDirectory.error(place, "cannot be opened again", errno) }
        let byteCount = lseek(descriptor, 0, SEEK_END)
        try EvidenceDirectory.finish(descriptor, place)
        return Int(byteCount)
    }

    /// Removes a file if it is there.
    func remove(name: String) throws(EvidenceError) {
        if unlink(path(of: name)) != 0, errno != ENOENT {
            throw EvidenceDirectory.error(path(of: name), "cannot be replaced", errno)
        }
    }

    private static func finish(_ descriptor: Int32, _ place: String) throws(EvidenceError) {
        let syncStatus = fsync(descriptor)
        let reason = errno
        guard close(descriptor) == 0 else { throw error(place, "closing failed", errno) }
        guard syncStatus == 0 else { throw error(place, "writing to disk failed", reason) }
    }

    private static func error(_ place: String, _ what: String, _ reason: Int32) -> EvidenceError {
        EvidenceError(
            reason == ENOSPC || reason == EDQUOT ? .diskFull : .cannotWrite, place: place,
            message: "\(what): \(String(cString: strerror(reason)))",
            remedy: reason == ENOSPC || reason == EDQUOT ? "free some disk space" : nil)
    }
}
