// SPDX-License-Identifier: Apache-2.0

/// A directory that files are written into and kept on disk before anybody hears of them.
struct EvidenceDirectory {
    let path: String
    private let files = DurableFiles()

    /// A directory that exists.
    init(path: String) { self.path = path }

    /// A directory that is made if it is not there, with those above it.
    static func make(_ path: String) throws(EvidenceError) -> EvidenceDirectory {
        let directory = EvidenceDirectory(path: path)
        try directory.converting(path) { () throws(FileError) in try directory.makeWithParents(path) }
        return directory
    }

    /// The path of a file in the directory.
    func path(of name: String) -> String { path + "/" + name }

    /// Writes a file, in place of one of the same name, and waits until the disk has it.
    func write(_ bytes: [UInt8], name: String) throws(EvidenceError) {
        try remove(name: name)
        try converting(name) { () throws(FileError) in try files.createDurableFile(path(of: name), bytes) }
    }

    /// Waits until the disk has a file that a library wrote, and gives its size in bytes.
    func synchronize(name: String) throws(EvidenceError) -> Int {
        try converting(name) { () throws(FileError) in
            try files.synchronize(path(of: name))
            return try files.item(path(of: name))?.bytes ?? 0
        }
    }

    /// Removes a file if it is there.
    func remove(name: String) throws(EvidenceError) {
        try converting(name) { () throws(FileError) in
            if try files.item(path(of: name)) != nil { try files.removeFile(path(of: name)) }
        }
    }

    private func makeWithParents(_ path: String) throws(FileError) {
        if try files.item(path + "/.") != nil { return }
        try makeWithParents(parentDirectory(of: path))
        try files.ensureDurableDirectory(path)
    }

    /// Runs file operations, and gives their errors as the evidence's.
    private func converting<Value>(_ name: String, _ body: () throws(FileError) -> Value) throws(EvidenceError) -> Value
    {
        do {
            return try body()
        } catch {
            switch error.reason {
            case .diskFull:
                throw EvidenceError(
                    .diskFull, place: error.path, message: "the disk is full", remedy: "free some disk space")
            case .notFound: throw EvidenceError(.cannotWrite, place: error.path, message: "is not there")
            case .exists: throw EvidenceError(.cannotWrite, place: error.path, message: "is there already")
            case .other(let message): throw EvidenceError(.cannotWrite, place: error.path, message: message)
            }
        }
    }
}
