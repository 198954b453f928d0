// SPDX-License-Identifier: Apache-2.0

/// The file operations that outbox and evidence are made of, each of which happens or does not.
///
/// Nothing is durable before `synchronize`: a file's content by synchronizing the file, its name by synchronizing its
/// directory. Tests put a disk in its place that dies at any of them.
protocol FileOperations: Sendable {
    /// Makes a directory whose parent exists.
    func makeDirectory(_ path: String) throws(FileError)
    /// Makes a new file with this content.
    func createFile(_ path: String, _ content: [UInt8]) throws(FileError)
    /// Waits until a file's content, or a directory's list of names, is on the disk.
    func synchronize(_ path: String) throws(FileError)
    /// Gives a file or directory another name on the same disk; a file of that name is replaced.
    func rename(_ path: String, to newPath: String) throws(FileError)
    /// Lets every user read a file, whatever the process's mask says.
    func openToAllReaders(_ path: String) throws(FileError)
    /// Removes a file or symbolic link.
    func removeFile(_ path: String) throws(FileError)
    /// Removes an empty directory.
    func removeDirectory(_ path: String) throws(FileError)
    /// What a path names, without following a symbolic link; nil if there is nothing.
    func item(_ path: String) throws(FileError) -> FileItem?
    /// Everything in a directory, by name.
    func items(in directory: String) throws(FileError) -> [FileItem]
    /// The content of a regular file.
    func read(_ path: String, maximumBytes: Int) throws(FileError) -> [UInt8]
    /// Bytes that may still be written to the disk of a path.
    func freeBytes(_ path: String) throws(FileError) -> Int
}

/// Something in a directory.
struct FileItem: Sendable, Hashable {
    enum Kind: Sendable, Hashable { case file, directory, other }

    let name: String
    let kind: Kind
    let bytes: Int
}

/// Why a file operation failed.
struct FileError: Error, Hashable {
    enum Reason: Hashable, CustomStringConvertible {
        case notFound, exists, diskFull
        case other(String)

        /// What stands behind "it cannot be read: ".
        var description: String {
            switch self {
            case .notFound: "it is not there"
            case .exists: "it is there already"
            case .diskFull: "the disk is full"
            case .other(let text): text
            }
        }
    }

    let reason: Reason
    let path: String
}

extension FileOperations {
    /// Removes whatever a path names, with everything in it; nothing is followed and nothing is no error.
    func removeTree(_ path: String, depth: Int = 0) throws(FileError) {
        guard let item = try item(path) else { return }
        guard item.kind == .directory else { return try removeFile(path) }
        guard depth < 16 else { throw FileError(reason: .other("is nested too deeply to be removed"), path: path) }
        for item in try items(in: path) { try removeTree(path + "/" + item.name, depth: depth + 1) }
        try removeDirectory(path)
    }

    /// Makes a directory unless it is there.
    func ensureDirectory(_ path: String) throws(FileError) {
        do {
            try makeDirectory(path)
        } catch {
            guard error.reason == .exists else { throw error }
            guard try item(path)?.kind == .directory else {
                throw FileError(reason: .other("is not a directory"), path: path)
            }
        }
    }

    /// Makes a directory unless it is there, and waits until its parent has its name on the disk: else a power cut
    /// would take the directory with everything in it, however durable that is. Symbolic links to directories are
    /// followed, because a service's state directory may be one.
    func ensureDurableDirectory(_ path: String) throws(FileError) {
        if try item(path + "/.") == nil { try makeDirectory(path) }
        try synchronize(parentDirectory(of: path) + "/.")
    }

    /// Makes a file with this content that survives a power cut as soon as its directory is synchronized.
    func createDurableFile(_ path: String, _ content: [UInt8]) throws(FileError) {
        try createFile(path, content)
        try synchronize(path)
    }
}

/// The directory that holds the item of this path.
func parentDirectory(of path: String) -> String {
    guard let slash = path.dropLast().lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
}
