// SPDX-License-Identifier: Apache-2.0

/// The directories of an outbox and the moves between them.
struct OutboxShelf: Sendable {
    let directory: String
    let files: any FileOperations

    /// Where entries are made and where they are taken apart.
    var workshop: String { directory + "/tmp" }

    func path(_ state: OutboxEntry.State) -> String { directory + "/" + state.rawValue }

    func path(_ state: OutboxEntry.State, _ name: String) -> String { path(state) + "/" + name }

    // MARK: - Reading

    /// The entries of a state, oldest first. What is no entry is passed over.
    func entries(_ state: OutboxEntry.State) throws(FileError) -> [OutboxEntry] {
        var entries: [OutboxEntry] = []
        for item in try files.items(in: path(state)) where item.kind == .directory {
            guard let name = OutboxEntryName(item.name) else { continue }
            // An entry that somebody moves on or drops at this moment is no error.
            do {
                entries.append(try entry(name, state))
            } catch where error.reason == .notFound {}
        }
        return entries.sorted { $0.name < $1.name }
    }

    /// The entry of a name; nil if there is none.
    func find(_ name: OutboxEntryName) throws(FileError) -> OutboxEntry? {
        for state in OutboxEntry.State.allCases where try files.item(path(state, name.text))?.kind == .directory {
            return try entry(name, state)
        }
        return nil
    }

    private func entry(_ name: OutboxEntryName, _ state: OutboxEntry.State) throws(FileError) -> OutboxEntry {
        let path = path(state, name.text)
        let items = try files.items(in: path).filter { $0.kind == .file }
        let record = EventRecord(try fields(EventRecord.fileName, in: path))
        return OutboxEntry(
            name: name, state: state, path: path, ivorn: record?.ivorn ?? "", committed: record?.committed,
            eventBytes: items.first { $0.name == EventRecord.eventFileName }?.bytes ?? 0,
            evidence: items.filter { !Self.ownFileNames.contains($0.name) }
                .map { OutboxEntry.EvidenceFile(name: $0.name, bytes: $0.bytes) },
            delivery: DeliveryRecord(try fields(DeliveryRecord.fileName, in: path)))
    }

    /// The event at `path` if it is whole; nil if it is not, or there is none.
    func verifiedEvent(at path: String) throws(FileError) -> [UInt8]? {
        guard let record = EventRecord(try fields(EventRecord.fileName, in: path)),
            let event = try contents(path + "/" + EventRecord.eventFileName, maximumBytes: Outbox.maximumEventBytes),
            record.describes(event)
        else { return nil }
        return event
    }

    /// The lines of a small file; none if it is not there or cannot be read.
    private func fields(_ name: String, in path: String) throws(FileError) -> KeyValueText {
        KeyValueText(try contents(path + "/" + name, maximumBytes: 1 << 20) ?? [])
    }

    /// The content of a file, or nil if it is not there or refuses to be read: damage, which is told apart later.
    private func contents(_ path: String, maximumBytes: Int) throws(FileError) -> [UInt8]? {
        guard try files.item(path)?.kind == .file else { return nil }
        return try? files.read(path, maximumBytes: maximumBytes)
    }

    // MARK: - Moving

    /// Moves an entry to another state and waits until that is durable.
    func move(_ name: String, from old: OutboxEntry.State, to new: OutboxEntry.State) throws(FileError) {
        try publish(path(old, name), as: path(new, name), in: path(new), from: path(old))
    }

    /// Renames between two directories. The new place is durable before the old one is given up: after a power cut the
    /// entry may be in both, but never in none.
    func publish(
        _ oldPath: String, as newPath: String, in newDirectory: String, from oldDirectory: String
    ) throws(FileError) {
        try files.rename(oldPath, to: newPath)
        try files.synchronize(newDirectory)
        try files.synchronize(oldDirectory)
    }

    /// Moves an entry to `damaged`, where it gets a number if another of its name lies there. Returns its path there.
    func setAside(_ name: String, from state: OutboxEntry.State) throws(FileError) -> String {
        var newName = name
        var number = 2
        while try files.item(path(.damaged, newName)) != nil {
            newName = "\(name).\(number)"
            number += 1
        }
        let newPath = path(.damaged, newName)
        try publish(path(state, name), as: newPath, in: path(.damaged), from: path(state))
        return newPath
    }

    /// Removes an entry: out of sight by one rename, then piece by piece.
    func remove(_ entry: OutboxEntry) throws(FileError) {
        let remains = workshop + "/" + Self.removalPrefix + entry.name.text
        try files.removeTree(remains)
        try files.rename(entry.path, to: remains)
        try files.synchronize(path(entry.state))
        try files.removeTree(remains)
    }

    /// Replaces the delivery record of the entry at `path`. It is not synchronized: losing it loses no event, and
    /// a broken line must not wear the disk.
    func write(_ record: DeliveryRecord, to path: String) throws(FileError) {
        let newFile = path + "/" + Self.newDeliveryFileName
        try files.removeTree(newFile)
        try files.createFile(newFile, record.fields.bytes)
        try files.rename(newFile, to: path + "/" + DeliveryRecord.fileName)
    }

    /// Begins the names of directories in `tmp` that are being removed.
    static let removalPrefix = "removed-"
    private static let newDeliveryFileName = DeliveryRecord.fileName + ".new"
    /// Files of an entry that are not evidence.
    static let ownFileNames = [
        EventRecord.eventFileName, EventRecord.fileName, DeliveryRecord.fileName, newDeliveryFileName,
    ]
}
