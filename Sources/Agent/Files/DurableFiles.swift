// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc

/// File operations of the operating system.
struct DurableFiles: FileOperations {
    func makeDirectory(_ path: String) throws(FileError) {
        guard mkdir(path, 0o755) == 0 else { throw FileError(errno, path) }
    }

    func createFile(_ path: String, _ content: [UInt8]) throws(FileError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else { throw FileError(errno, path) }
        var failure: Int32 = 0
        var rest = content[...]
        while !rest.isEmpty, failure == 0 {
            // An array of its own, because a slice does not bridge to a C pointer.
            let count = write(descriptor, Array(rest), rest.count)
            if count >= 0 { rest = rest.dropFirst(count) } else if errno != EINTR { failure = errno }
        }
        // Network file systems report a full disk as late as here.
        if close(descriptor) != 0, failure == 0 { failure = errno }
        guard failure == 0 else { throw FileError(failure, path) }
    }

    func synchronize(_ path: String) throws(FileError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileError(errno, path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw FileError(errno, path) }
    }

    func rename(_ path: String, to newPath: String) throws(FileError) {
        guard Glibc.rename(path, newPath) == 0 else { throw FileError(errno, path) }
    }

    func openToAllReaders(_ path: String) throws(FileError) {
        guard chmod(path, 0o644) == 0 else { throw FileError(errno, path) }
    }

    func removeFile(_ path: String) throws(FileError) {
        guard unlink(path) == 0 else { throw FileError(errno, path) }
    }

    func removeDirectory(_ path: String) throws(FileError) {
        guard rmdir(path) == 0 else { throw FileError(errno, path) }
    }

    func item(_ path: String) throws(FileError) -> FileItem? {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw FileError(errno, path)
        }
        let kind: FileItem.Kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .directory
            default: .other
            }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return FileItem(name: name, kind: kind, bytes: kind == .file ? Int(status.st_size) : 0)
    }

    func items(in directory: String) throws(FileError) -> [FileItem] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: directory)
        } catch {
            let exists = try item(directory) != nil
            throw FileError(reason: exists ? .other("cannot be listed: \(error)") : .notFound, path: directory)
        }
        var items: [FileItem] = []
        for name in names.sorted() {
            // What vanished since the listing was removed by somebody else and is no loss.
            if let item = try item(directory + "/" + name) { items.append(item) }
        }
        return items
    }

    func read(_ path: String, maximumBytes: Int) throws(FileError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileError(errno, path) }
        defer { close(descriptor) }
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileError(errno, path) }
            guard count > 0 else { return content }
            content.append(contentsOf: chunk[..<count])
            guard content.count <= maximumBytes else {
                throw FileError(reason: .other("is larger than \(maximumBytes) bytes"), path: path)
            }
        }
    }

    func freeBytes(_ path: String) throws(FileError) -> Int {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { throw FileError(errno, path) }
        let (bytes, overflow) = Int(clamping: status.f_bavail).multipliedReportingOverflow(
            by: Int(clamping: status.f_frsize))
        return overflow ? .max : bytes
    }
}

extension FileError {
    /// The error of a system call.
    init(_ code: Int32, _ path: String) {
        let reason: Reason =
            switch code {
            case ENOENT: .notFound
            case EEXIST, ENOTEMPTY: .exists
            case ENOSPC, EDQUOT: .diskFull
            default: .other(String(cString: strerror(code)))
            }
        self.init(reason: reason, path: path)
    }
}
