// SPDX-License-Identifier: Apache-2.0

/// Puts right what a crash or a failing disk left in an outbox. Damage is reported and never fatal.
struct OutboxRecovery {
    private let shelf: OutboxShelf
    private let files: any FileOperations

    init(directory: String, files: any FileOperations) {
        shelf = OutboxShelf(directory: directory, files: files)
        self.files = files
    }

    /// Makes the directories where they are missing, finishes or removes what was in the making, keeps one of entries
    /// that are in two places, and sets aside what is damaged.
    func run() throws(FileError) -> [OutboxNotice] {
        try files.ensureDurableDirectory(shelf.directory)
        try files.ensureDirectory(shelf.workshop)
        for state in OutboxEntry.State.allCases { try files.ensureDirectory(shelf.path(state)) }
        try files.synchronize(shelf.directory)
        try removeTwins()
        return try finishUnfinished() + inspect(.pending) + inspect(.parked)
    }

    /// A power cut within a move can leave an entry in both places; the later one counts.
    private func removeTwins() throws(FileError) {
        let later: [OutboxEntry.State] = [.sent, .parked, .pending]
        for (index, state) in later.enumerated() {
            for entry in try shelf.entries(state) {
                for earlier in later[(index + 1)...] {
                    let path = shelf.path(earlier, entry.name.text)
                    guard try files.item(path) != nil else { continue }
                    try files.removeTree(path)
                    try files.synchronize(shelf.path(earlier))
                }
            }
        }
    }

    /// Entries in `tmp`: one that is complete but for its last rename is an event and is kept.
    private func finishUnfinished() throws(FileError) -> [OutboxNotice] {
        var notices: [OutboxNotice] = []
        for item in try files.items(in: shelf.workshop) {
            let path = shelf.workshop + "/" + item.name
            if let name = OutboxEntryName(item.name), item.kind == .directory,
                !item.name.hasPrefix(OutboxShelf.removalPrefix), try shelf.find(name) == nil,
                try shelf.verifiedEvent(at: path) != nil
            {
                try shelf.publish(
                    path, as: shelf.path(.pending, item.name), in: shelf.path(.pending), from: shelf.workshop)
                notices.append(
                    OutboxNotice(kind: .finished, name: item.name, message: "was complete and waits to be sent"))
                continue
            }
            try files.removeTree(path)
            guard !item.name.hasPrefix(OutboxShelf.removalPrefix) else { continue }
            notices.append(
                OutboxNotice(
                    kind: .unfinishedRemoved, name: item.name, message: "was not finished when the agent ended"))
        }
        return notices
    }

    private func inspect(_ state: OutboxEntry.State) throws(FileError) -> [OutboxNotice] {
        var notices: [OutboxNotice] = []
        for item in try files.items(in: shelf.path(state)) {
            guard item.kind == .directory, OutboxEntryName(item.name) != nil else {
                notices.append(
                    OutboxNotice(
                        kind: .foreign, name: "\(state.rawValue)/\(item.name)",
                        message: "is not of the outbox and is left alone"))
                continue
            }
            guard try shelf.verifiedEvent(at: shelf.path(state, item.name)) == nil else { continue }
            let newPath = try shelf.setAside(item.name, from: state)
            notices.append(
                OutboxNotice(
                    kind: .setAside, name: item.name,
                    message: "the event is missing or not what was written; it lies in \(newPath)"))
        }
        return notices
    }
}
