// SPDX-License-Identifier: Apache-2.0

import UTC

/// A small file that says until when the station has watched, so that the next start knows it after an end that nobody
/// could write down: a power cut, a crash.
///
/// It is written once a minute, which a memory card bears for years, and removed by an orderly end.
struct WatchMark: Sendable {
    /// Seconds between two marks: as uncertain is the beginning of the gap that is found from one.
    static let intervalSeconds = 60.0

    /// Path of the file.
    let path: String

    /// Until when the station had watched at least; nil if it ended orderly, or the mark cannot be read.
    func read() -> UTCInstant? {
        guard let bytes = try? DurableFiles().read(path, maximumBytes: 64) else { return nil }
        return UTCInstant(iso8601: String(decoding: bytes, as: UTF8.self).filter { $0 != "\n" })
    }

    /// Replaces the mark, and waits until the disk has it; a power cut leaves the old one or the new one.
    func write(_ time: UTCInstant) throws(FileError) {
        let files = DurableFiles()
        let new = path + ".new"
        // One that was left over by a power cut.
        if try files.item(new) != nil { try files.removeFile(new) }
        try files.createFile(new, Array("\(time)\n".utf8))
        try files.synchronize(new)
        try files.rename(new, to: path)
        try files.synchronize(parentDirectory(of: path) + "/.")
    }

    /// Takes the mark away: what there was to say is written.
    func remove() throws(FileError) {
        let files = DurableFiles()
        if try files.item(path) != nil { try files.removeFile(path) }
    }
}
