// SPDX-License-Identifier: Apache-2.0

import Glibc
import UTC

/// A file of gaps, one JSON object a line, oldest first. Each line is on the disk before the next is written; a full
/// file becomes `….1` in place of the one before, so that at most twice `maximumBytes` are kept: some ten thousand gaps.
public struct GapFile: Sendable {
    /// Path of the file.
    public let path: String
    let maximumBytes: Int

    /// The file beside an outbox: who has the outbox's lock is the only one to write it.
    public init(besideOutbox directory: String) { self.init(path: directory + ".gaps.jsonl") }

    init(path: String, maximumBytes: Int = 1 << 20) {
        self.path = path
        self.maximumBytes = maximumBytes
    }

    /// Until when the station has watched, in case that it ends without a line.
    var mark: WatchMark { WatchMark(path: path + ".mark") }

    /// The gap since the last run, if that ended without a word and it is not written yet.
    ///
    /// - Parameter utc: when this run began.
    func interruption(until utc: UTCInstant) -> WatchGap? {
        guard let since = mark.read() else { return nil }
        // The line may have come to the disk, and the end before the mark was removed. Both have the time of the last
        // frame, by clocks that were not read at the same instant.
        if let last = lines().last.flatMap(WatchGap.init(json:)), last.from.seconds(since: since) > -1,
            last.to == nil || last.reason == .interrupted
        {
            return nil
        }
        return WatchGap(
            from: since, to: utc, seconds: max(0, utc.seconds(since: since)), reason: .interrupted,
            text: "the agent ended without a word, at most a minute later: power cut or crash")
    }

    /// Every whole line, oldest first; nothing if there is no file.
    public func lines() -> [String] {
        let files = DurableFiles()
        let texts = [path + ".1", path].compactMap { try? files.read($0, maximumBytes: 16 << 20) }
        // A power cut may have left part of a line.
        return texts.flatMap { String(decoding: $0, as: UTF8.self).split(separator: "\n").map(String.init) }
            .filter { $0.hasPrefix("{") && $0.hasSuffix("}") }
    }

    /// Writes a line and waits until the disk has it.
    func append(_ line: String) throws(FileError) {
        let files = DurableFiles()
        let size = try files.item(path)?.bytes ?? 0
        if size >= maximumBytes { try files.rename(path, to: path + ".1") }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else { throw FileError(errno, path) }
        defer { close(descriptor) }
        // It begins with a line break, too: what a power cut has cut off must not swallow it.
        let bytes = Array("\n\(line)\n".utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count else { throw FileError(errno, path) }
        guard fsync(descriptor) == 0 else { throw FileError(errno, path) }
        if size == 0 || size >= maximumBytes { try files.synchronize(parentDirectory(of: path) + "/.") }
    }
}
