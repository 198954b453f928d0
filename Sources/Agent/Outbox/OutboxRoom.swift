// SPDX-License-Identifier: Apache-2.0

/// Makes room for a new event in the order that `OutboxLimits` describes.
struct OutboxRoom {
    private let shelf: OutboxShelf
    private let limits: OutboxLimits
    private let entriesByState: [OutboxEntry.State: [OutboxEntry]]
    private var entryCount = 0
    private var usedBytes = 0
    /// Free bytes as they were, and what was removed since: the file system may tell of it only later.
    private var freeBytes = 0
    /// Bytes of the new entry.
    private var wantedBytes = 0
    private var draftHasEvidence = false
    /// Entries and evidence that are gone by now.
    private var emptied: Set<OutboxEntryName> = []
    private var removed: Set<OutboxEntryName> = []
    /// What was done.
    private(set) var notices: [OutboxNotice] = []

    init(shelf: OutboxShelf, limits: OutboxLimits) throws(FileError) {
        self.shelf = shelf
        self.limits = limits
        var entriesByState: [OutboxEntry.State: [OutboxEntry]] = [:]
        for state in OutboxEntry.State.allCases { entriesByState[state] = try shelf.entries(state) }
        self.entriesByState = entriesByState
        let all = entriesByState.values.joined()
        entryCount = all.count
        usedBytes = all.reduce(0) { $0 + $1.totalBytes }
        freeBytes = try shelf.files.freeBytes(shelf.directory)
    }

    /// Keeps the limits with the new entry in them, and drops its evidence if it does not fit.
    mutating func prepare(_ draft: OutboxDraft, eventBytes: Int) throws(FileError) {
        entryCount += 1
        let evidence = try evidence(of: draft)
        draftHasEvidence = !evidence.isEmpty
        wantedBytes = eventBytes + evidence.reduce(0) { $0 + $1.bytes }

        for entry in entries(.sent) where isTooFull { try removeEvidence(of: entry) }
        for entry in entries(.sent) where isTooFull || entryCount > limits.entries { try remove(entry) }
        for entry in entries(.parked) + entries(.pending) where isBelowFloor { try removeEvidence(of: entry) }
        if draftHasEvidence, usedBytes + wantedBytes > limits.bytes || isBelowFloor {
            try removeEvidence(of: draft)
        }
    }

    /// After a write that found the disk full: gives up the next thing in the order. False if nothing is left.
    mutating func yieldMore(_ draft: OutboxDraft) throws(FileError) -> Bool {
        let evidence = entries(.sent).filter(hasEvidence)
        let unsentEvidence = (entries(.parked) + entries(.pending)).filter(hasEvidence)
        if let entry = evidence.first {
            try removeEvidence(of: entry)
        } else if let entry = entries(.sent).first {
            try remove(entry)
        } else if let entry = unsentEvidence.first {
            try removeEvidence(of: entry)
        } else if draftHasEvidence {
            try removeEvidence(of: draft)
        } else if let entry = entries(.parked).first {
            try remove(entry)
        } else {
            return false
        }
        return true
    }

    private var isTooFull: Bool {
        usedBytes + wantedBytes > limits.bytes || freeBytes - wantedBytes < limits.minimumFreeBytes
    }

    private var isBelowFloor: Bool { freeBytes - wantedBytes < limits.hardFloorBytes }

    private func entries(_ state: OutboxEntry.State) -> [OutboxEntry] {
        (entriesByState[state] ?? []).filter { !removed.contains($0.name) }
    }

    private func hasEvidence(_ entry: OutboxEntry) -> Bool {
        !entry.evidence.isEmpty && !emptied.contains(entry.name)
    }

    private func evidence(of draft: OutboxDraft) throws(FileError) -> [FileItem] {
        guard try shelf.files.item(draft.path) != nil else { return [] }
        return try shelf.files.items(in: draft.path).filter {
            $0.kind == .file && !OutboxShelf.ownFileNames.contains($0.name)
        }
    }

    private mutating func removeEvidence(of draft: OutboxDraft) throws(FileError) {
        for item in try evidence(of: draft) {
            try shelf.files.removeFile(draft.path + "/" + item.name)
            wantedBytes -= item.bytes
        }
        draftHasEvidence = false
        notices.append(
            OutboxNotice(
                kind: .evidenceRemoved, name: draft.name.text,
                message: "the event is kept without its evidence, for which there is no room"))
    }

    private mutating func removeEvidence(of entry: OutboxEntry) throws(FileError) {
        guard hasEvidence(entry) else { return }
        for file in entry.evidence {
            try shelf.files.removeTree(entry.path + "/" + file.name)
            usedBytes -= file.bytes
            freeBytes += file.bytes
        }
        emptied.insert(entry.name)
        notices.append(
            OutboxNotice(
                kind: .evidenceRemoved, name: entry.name.text,
                message: "the evidence of this \(entry.state.rawValue) event was removed to make room"))
    }

    private mutating func remove(_ entry: OutboxEntry) throws(FileError) {
        let bytes = emptied.contains(entry.name) ? entry.eventBytes : entry.totalBytes
        try shelf.remove(entry)
        removed.insert(entry.name)
        entryCount -= 1
        usedBytes -= bytes
        freeBytes += bytes
        notices.append(
            OutboxNotice(
                kind: .eventRemoved, name: entry.name.text,
                message: "this \(entry.state.rawValue) event was removed to make room"))
    }
}
