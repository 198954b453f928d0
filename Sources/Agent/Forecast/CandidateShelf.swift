// SPDX-License-Identifier: Apache-2.0

/// The evidence of candidates that were no alerts, of the times of campaigns: a directory a candidate, beside the outbox.
///
/// Nothing of it is sent; it is there for those who look at a campaign afterwards. When the room is used up, the oldest
/// goes.
struct CandidateShelf: Sendable {
    /// The directory of all of them.
    let path: String
    /// Greatest size of all of them, in bytes.
    let maximumBytes: Int
    /// Nothing is kept while less is free on the disk, in bytes: events come first.
    let minimumFreeBytes: Int
    var files: any FileOperations = DurableFiles()

    /// The shelf beside an outbox.
    init(besideOutbox outbox: OutboxConfiguration, maximumBytes: Int) {
        path = outbox.directory + ".candidates"
        self.maximumBytes = maximumBytes
        minimumFreeBytes = outbox.limits.minimumFreeBytes
    }

    /// Keeps a candidate.
    ///
    /// - Parameter name: of its directory; names sort by time.
    /// - Returns: the directory; nil if the disk has no room.
    /// - Throws: `EvidenceError` if it cannot be written.
    func keep(_ evidence: Evidence, name: String, with writer: EvidenceWriter) throws -> String? {
        let shelf = try EvidenceDirectory.make(path).path
        guard try files.freeBytes(shelf) >= minimumFreeBytes else { return nil }
        let place = try EvidenceDirectory.make(shelf + "/" + name)
        let named = Evidence(name: name, event: evidence.event, clip: evidence.clip, meaning: evidence.meaning)
        _ = try writer.write(named, into: place.path)
        let line = ReplayLine(evidence.event, ivorn: nil, meaning: evidence.meaning).json
        try place.write(Array((line + "\n").utf8), name: "candidate.json")
        try makeRoom(except: name)
        return place.path
    }

    /// Removes the oldest until the rest has room.
    private func makeRoom(except name: String) throws(FileError) {
        var sizes: [(name: String, bytes: Int)] = []
        for item in try files.items(in: path) where item.kind == .directory {
            let bytes = try files.items(in: path + "/" + item.name).reduce(0) { $0 + $1.bytes }
            sizes.append((item.name, bytes))
        }
        var total = sizes.reduce(0) { $0 + $1.bytes }
        for item in sizes where total > maximumBytes && item.name != name {
            try files.removeTree(path + "/" + item.name)
            total -= item.bytes
        }
    }
}
