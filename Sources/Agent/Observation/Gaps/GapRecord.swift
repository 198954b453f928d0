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

    /// A record that begins now; without a file it only counts.
    init(file: GapFile?, logger: Logger, now: Double = SightWatch.now, utc: UTCInstant = .now()) {
        journal = Mutex(GapJournal(now: now, utc: utc))
        self.file = file
        self.logger = logger
    }

    /// A frame was searched.
    func takeFrame(now: Double = SightWatch.now) {
        if let gap = journal.withLock({ $0.takeFrame(now: now, utc: .now()) }) { write(gap) }
    }

    /// Watching is interrupted, since the last frame.
    func begin(_ reason: GapReason, _ text: String, now: Double = SightWatch.now) {
        journal.withLock { $0.begin(reason, text, now: now, utc: .now()) }
    }

    /// The agent ends; waits until everything is written.
    func end(now: Double = SightWatch.now) {
        if let gap = journal.withLock({ $0.end(now: now, utc: .now()) }) { write(gap) }
        writing.sync {}
    }

    /// Figures for monitoring systems.
    var metrics: [Metric] { journal.withLock { $0.metrics(now: SightWatch.now) } }

    private func write(_ gap: WatchGap) {
        if gap.to != nil, gap.reason != .start {
            logger.notice("watching again after \(gap.seconds.fixed(1)) s (\(gap.reason.rawValue)): \(gap.text)")
        }
        guard let file else { return }
        writing.async { [self] in
            do {
                try file.append(gap.json)
                isFailureTold.withLock { $0 = false }
            } catch {
                // Observing goes on without; once for each time that it begins is enough.
                let isNews = isFailureTold.withLock { told in
                    defer { told = true }
                    return !told
                }
                if isNews { logger.warning("gaps cannot be written to \(file.path): \(error)") }
            }
        }
    }
}
