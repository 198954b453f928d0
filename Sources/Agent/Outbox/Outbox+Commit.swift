// SPDX-License-Identifier: Apache-2.0

import UTC

extension Outbox {
    /// Begins an entry: makes a directory into which the evidence of the event is written.
    ///
    /// - Throws: `nameInUse` if an entry of that name is in the making already.
    public func stage(_ name: OutboxEntryName) throws(OutboxError) -> OutboxDraft {
        let draft = OutboxDraft(name: name, path: shelf.workshop + "/" + name.text)
        do {
            try files.makeDirectory(draft.path)
        } catch {
            guard error.reason == .exists else { throw OutboxError(error) }
            throw OutboxError(.nameInUse, place: name.text, message: "an entry of this name is in the making")
        }
        return draft
    }

    /// Gives an entry up before it is committed.
    public func abandon(_ draft: OutboxDraft) throws(OutboxError) {
        try outboxErrors { () throws(FileError) in try files.removeTree(draft.path) }
    }

    /// Makes an entry of a draft. When this returns, the event survives a power cut and is on its way.
    ///
    /// The same event committed again under its name, as after a crash, is found and not doubled, wherever it is by
    /// then. If the disk is full, everything that `OutboxLimits` allows goes, then the event is tried without its
    /// evidence.
    ///
    /// - Parameters:
    ///   - draft: from `stage`, with the evidence written.
    ///   - event: the VOEvent as it is to be sent.
    ///   - ivorn: its identifier.
    ///   - time: the time of the commit.
    /// - Throws: `diskFull` if nothing helps; the draft stays, so that the commit can be tried again.
    public func commit(
        _ draft: OutboxDraft, event: [UInt8], ivorn: String, at time: UTCInstant = .now()
    ) throws(OutboxError) -> OutboxReceipt {
        if let known = try knownEntry(draft.name, ivorn: ivorn) {
            try abandon(draft)
            return OutboxReceipt(entry: known, isNew: false, notices: [])
        }
        // That room cannot be made is no reason not to try the event.
        var room = try? OutboxRoom(shelf: shelf, limits: limits)
        try? room?.prepare(draft, eventBytes: event.count)
        let record = EventRecord(event: event, ivorn: ivorn, committed: time)
        var isWritten = false
        while !isWritten {
            do {
                try write(draft, event: event, record: record)
                isWritten = true
            } catch {
                let canTryAgain = error.reason == .diskFull && (try? room?.yieldMore(draft)) == true
                guard canTryAgain else { throw OutboxError(error) }
            }
        }
        announceArrival()
        return OutboxReceipt(entry: try show(draft.name), isNew: true, notices: room?.notices ?? [])
    }

    /// The entry that holds this event already, durable by now; nil if there is none.
    private func knownEntry(_ name: OutboxEntryName, ivorn: String) throws(OutboxError) -> OutboxEntry? {
        let entry = try outboxErrors { () throws(FileError) in try shelf.find(name) }
        guard let entry, entry.state != .damaged else { return nil }
        guard entry.ivorn == ivorn else {
            throw OutboxError(
                .nameInUse, place: name.text, message: "holds another event, \(entry.ivorn)",
                remedy: "give every event a name of its own")
        }
        // An earlier commit may have failed between its rename and this.
        try outboxErrors { () throws(FileError) in try files.synchronize(shelf.path(entry.state)) }
        return entry
    }

    /// Writes the event into the draft, makes everything in it durable and publishes it by a rename.
    private func write(_ draft: OutboxDraft, event: [UInt8], record: EventRecord) throws(FileError) {
        try files.ensureDirectory(draft.path)
        // What an attempt before this one left, and what nobody may leave here.
        for item in try files.items(in: draft.path)
        where item.kind != .file || OutboxShelf.ownFileNames.contains(item.name) {
            try files.removeTree(draft.path + "/" + item.name)
        }
        try files.createDurableFile(draft.path + "/" + EventRecord.eventFileName, event)
        for item in try files.items(in: draft.path) where !OutboxShelf.ownFileNames.contains(item.name) {
            try files.synchronize(draft.path + "/" + item.name)
        }
        // Last, because with it the entry is complete: opening after a crash keeps it.
        try files.createDurableFile(draft.path + "/" + EventRecord.fileName, record.fields.bytes)
        try files.synchronize(draft.path)
        try shelf.publish(
            draft.path, as: shelf.path(.pending, draft.name.text), in: shelf.path(.pending), from: shelf.workshop)
    }
}
