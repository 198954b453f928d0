// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Logging
import Synchronization
import Telemetry
import UTC

/// Writes every interruption of watching into a file and the journal, and adds them up for monitoring.
///
/// The searching thread tells of frames, the service of what interrupts them; the disk is waited for by neither.
final class GapRecord: Sendable {
    private let journal: Mutex<GapJournal>
    private let file: GapFile?
    private let logger: Logger
    private let writing = DispatchQueue(label: "gaps")
    private let isFailureTold = Mutex(false)

    /// A record that begins now; without a file it only counts. If the last run ended without a word, the first gap is
    /// the time since then.
    init(file: GapFile?, logger: Logger, now: Double = SightWatch.now, utc: UTCInstant = .now()) {
        let interruption = file?.interruption(until: utc)
        var journal = GapJournal(now: now, utc: utc)
        if let interruption { journal.add(interruption) }
        self.journal = Mutex(journal)
        self.file = file
        self.logger = logger
        if let interruption {
            logger.warning("not watched since \(interruption.from.iso8601(fractionDigits: 0)): \(interruption.text)")
        }
        guard let file else { return }
        write { () throws(FileError) in
            if let interruption { try file.append(interruption.json) }
            try file.mark.remove()
        }
    }

    /// A frame was searched.
    func takeFrame(now: Double = SightWatch.now) {
        let (gap, isMarkDue) = journal.withLock { ($0.takeFrame(now: now, utc: .now()), $0.isMarkDue(now: now)) }
        if let gap { write(gap) }
        if isMarkDue, let file {
            let time = UTCInstant.now()
            write { () throws(FileError) in try file.mark.write(time) }
        }
    }

    /// Watching is interrupted, since the last frame.
    func begin(_ reason: GapReason, _ text: String, now: Double = SightWatch.now) {
        journal.withLock { $0.begin(reason, text, now: now, utc: .now()) }
    }

    /// The agent ends; waits until everything is written.
    func end(now: Double = SightWatch.now) {
        if let gap = journal.withLock({ $0.end(now: now, utc: .now()) }) { write(gap) }
        if let file { write { () throws(FileError) in try file.mark.remove() } }
        waitForDisk()
    }

    /// Waits until everything is written.
    func waitForDisk() { writing.sync {} }

    /// Figures for monitoring systems.
    var metrics: [Metric] { journal.withLock { $0.metrics(now: SightWatch.now) } }

    private func write(_ gap: WatchGap) {
        if gap.to != nil, gap.reason != .start {
            logger.notice("watching again after \(gap.seconds.fixed(1)) s (\(gap.reason.rawValue)): \(gap.text)")
        }
        if let file { write { () throws(FileError) in try file.append(gap.json) } }
    }

    /// Does this to the disk, after all that was asked for before.
    private func write(_ work: @escaping @Sendable () throws(FileError) -> Void) {
        writing.async { [self] in
            do {
                try work()
                isFailureTold.withLock { $0 = false }
            } catch {
                // Observing goes on without; once for each time that it begins is enough.
                let isNews = isFailureTold.withLock { told in
                    defer { told = true }
                    return !told
                }
                if isNews { logger.warning("gaps cannot be written: \(error)") }
            }
        }
    }
}
