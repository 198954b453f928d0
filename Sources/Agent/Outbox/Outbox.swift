// SPDX-License-Identifier: Apache-2.0

import UTC

/// Keeps events on the disk until a broker has acknowledged them, whatever happens in between.
///
/// A spool as mail servers keep them, for an operator to read with `ls` and `cat`:
///
///     outbox/pending/20260301T211405.250Z-k3f9/event.xml     the event, byte for byte as it is sent
///                                              entry.txt     ivorn, time, length and checksum
///                                              delivery.txt  attempts, last error, reasons of a refusal
///                                              …             evidence
///     outbox/{parked,sent,damaged}/…                         refused, acknowledged, set aside
///     outbox/tmp/…                                           entries in the making
///
/// An entry is written in `tmp`, made durable file by file, and becomes an event by one rename into `pending`. Every
/// later step is one rename, too, made durable in the new directory before the old one: a crash leaves an entry where
/// it was, or where it should be, or for a moment in both, of which opening keeps the later. An event is sent *at
/// least* once: if the power goes between the broker's answer and the rename, it is sent again, and the broker knows it
/// by its ivorn.
///
/// The directories are the truth and are read each time: commands of an operator act on a running agent's outbox.
public actor Outbox {
    /// Directory of the outbox.
    public nonisolated let directory: String
    /// What may lie in it.
    public nonisolated let limits: OutboxLimits
    /// What opening found and put right.
    public nonisolated let recoveryNotices: [OutboxNotice]

    let files: any FileOperations
    private var arrival: AsyncStream<Void>.Continuation?
    private let lock: OutboxLock?

    /// What one entry may be at most, so that a foreign file of that name does not fill the memory.
    static let maximumEventBytes = 16 << 20

    /// Opens the outbox of a delivering agent: makes the directories, takes the lock, and puts right what a crash left.
    ///
    /// - Throws: if the directory cannot be used, or another process delivers from it. Damaged entries are no reason;
    ///   they are set aside and stand in `recoveryNotices`.
    public static func open(_ directory: String, limits: OutboxLimits = OutboxLimits()) throws(OutboxError) -> Outbox {
        let files = DurableFiles()
        try outboxErrors { () throws(FileError) in try makeParents(of: directory, files) }
        try outboxErrors { () throws(FileError) in try files.ensureDurableDirectory(directory) }
        let lock = try OutboxLock(directory + "/lock")
        return try Outbox(directory: directory, limits: limits, files: files, lock: lock)
    }

    /// Opens an outbox to look into it or to change single entries, whether an agent delivers from it or not.
    public static func inspect(_ directory: String) throws(OutboxError) -> Outbox {
        let files = DurableFiles()
        let isOutbox = try outboxErrors { () throws(FileError) in
            try files.item(directory + "/" + OutboxEntry.State.pending.rawValue)?.kind == .directory
        }
        guard isOutbox else {
            throw OutboxError(
                .notFound, place: directory, message: "is not an outbox",
                remedy: "name the directory that the agent's configuration gives as outbox")
        }
        return Outbox(inspecting: directory, files: files)
    }

    /// Opens an outbox over any file operations.
    init(
        directory: String, limits: OutboxLimits, files: any FileOperations, lock: OutboxLock? = nil
    ) throws(OutboxError) {
        self.directory = directory
        self.limits = limits
        self.files = files
        self.lock = lock
        let recovery = OutboxRecovery(directory: directory, files: files)
        recoveryNotices = try outboxErrors { () throws(FileError) in try recovery.run() }
    }

    private init(inspecting directory: String, files: any FileOperations) {
        self.directory = directory
        limits = OutboxLimits()
        self.files = files
        lock = nil
        recoveryNotices = []
    }

    /// Tells, for the one delivery that listens, that an event was committed or released. Who listens later takes the
    /// place of who listened before.
    func arrivals() -> AsyncStream<Void> {
        arrival?.finish()
        let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        arrival = continuation
        return stream
    }

    /// Wakes the delivery.
    func announceArrival() { arrival?.yield() }

    // MARK: - Reading

    /// The entries of a state, oldest first.
    public func list(_ state: OutboxEntry.State) throws(OutboxError) -> [OutboxEntry] {
        try outboxErrors { () throws(FileError) in try shelf.entries(state) }
    }

    /// The events that wait to be sent, oldest first.
    public func pending() throws(OutboxError) -> [OutboxEntry] { try list(.pending) }

    /// Names of the entries of a state, oldest first, without a look into them.
    func entryNames(_ state: OutboxEntry.State) throws(OutboxError) -> [OutboxEntryName] {
        try outboxErrors { () throws(FileError) in
            try files.items(in: shelf.path(state)).compactMap { OutboxEntryName($0.name) }
        }.sorted()
    }

    /// The entry of a name, wherever it is.
    public func show(_ name: OutboxEntryName) throws(OutboxError) -> OutboxEntry {
        let entry = try outboxErrors { () throws(FileError) in try shelf.find(name) }
        guard let entry else {
            throw OutboxError(
                .notFound, place: name.text, message: "there is no such entry",
                remedy: "psws-agent outbox list shows all")
        }
        return entry
    }

    /// The event of an entry, byte for byte as it was committed.
    ///
    /// - Throws: `damaged` if the bytes are not those that were committed; the entry was set aside then.
    public func event(_ entry: OutboxEntry) throws(OutboxError) -> [UInt8] {
        let event = try outboxErrors { () throws(FileError) in try shelf.verifiedEvent(at: entry.path) }
        if let event { return event }
        if entry.state != .damaged {
            try outboxErrors { () throws(FileError) in _ = try shelf.setAside(entry.name.text, from: entry.state) }
        }
        throw OutboxError(
            .damaged, place: entry.name.text, message: "the event is not what was written; it was set aside",
            remedy: "look into \(directory)/\(OutboxEntry.State.damaged.rawValue)")
    }

    // MARK: - On the way to the broker

    /// Records that the broker has the event: from here on it is not sent again.
    public func acknowledge(
        _ entry: OutboxEntry, response: String?, at time: UTCInstant
    ) throws(OutboxError) {
        try move(entry, to: .sent)
        var record = entry.delivery
        record.acknowledged = time
        record.response = response
        record.nextAttempt = nil
        // The rename said what counts; a full disk must not make a success look like a failure.
        try? shelf.write(record, to: shelf.path(.sent, entry.name.text))
    }

    /// Records that the broker refuses the event for good, with its reasons; an operator decides what becomes of it.
    public func park(_ entry: OutboxEntry, reasons: [String], at time: UTCInstant) throws(OutboxError) {
        var record = entry.delivery
        record.refusalReasons = reasons
        record.lastAttempt = time
        record.nextAttempt = nil
        // The event leaves the queue even if its reasons find no room.
        try? shelf.write(record, to: entry.path)
        try move(entry, to: .parked)
    }

    /// Records an attempt that failed for now.
    public func recordFailure(
        _ entry: OutboxEntry, message: String, at time: UTCInstant, nextAttempt: UTCInstant
    ) throws(OutboxError) {
        var record = entry.delivery
        record.failedAttempts += 1
        record.lastError = message
        record.lastAttempt = time
        record.nextAttempt = nextAttempt
        try outboxErrors { () throws(FileError) in try shelf.write(record, to: entry.path) }
    }

    // MARK: - Of an operator

    /// Lets a refused or sent event be sent again.
    public func retry(_ name: OutboxEntryName) throws(OutboxError) {
        let entry = try show(name)
        guard entry.state != .damaged else {
            throw OutboxError(
                .damaged, place: name.text, message: "a damaged entry cannot be sent", remedy: "look into \(entry.path)"
            )
        }
        try outboxErrors { () throws(FileError) in try shelf.write(DeliveryRecord(), to: entry.path) }
        if entry.state != .pending { try move(entry, to: .pending) }
        announceArrival()
    }

    /// Removes an entry for good, whatever its state.
    public func drop(_ name: OutboxEntryName) throws(OutboxError) {
        let entry = try show(name)
        try outboxErrors { () throws(FileError) in try shelf.remove(entry) }
    }

    var shelf: OutboxShelf { OutboxShelf(directory: directory, files: files) }

    private func move(_ entry: OutboxEntry, to state: OutboxEntry.State) throws(OutboxError) {
        try outboxErrors { () throws(FileError) in try shelf.move(entry.name.text, from: entry.state, to: state) }
    }
}

/// Makes the directories above `path`, each durable in its own parent.
private func makeParents(of path: String, _ files: DurableFiles) throws(FileError) {
    let parent = parentDirectory(of: path)
    if try files.item(parent) != nil { return }
    try makeParents(of: parent, files)
    try files.ensureDurableDirectory(parent)
}
