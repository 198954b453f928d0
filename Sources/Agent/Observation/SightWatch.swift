// SPDX-License-Identifier: Apache-2.0

import Detection
import Logging
import Synchronization
import Telemetry

/// Tells journal, service manager and monitoring how well the station sees.
///
/// The searching thread brings the detector's status, a task the passing of time.
final class SightWatch: Sendable {
    private let journal = Mutex(SightJournal())
    private let logger: Mutex<Logger>
    private let report: ServiceReport
    private let lastRate = Mutex<(seconds: Double, frames: Int)?>(nil)
    private let metricsPath: String?
    private let files: any FileOperations
    private let furtherMetrics = Mutex<@Sendable () -> [Metric]>({ [] })
    private let isMetricsFailureTold = Mutex(false)

    /// A watch of a service.
    ///
    /// - Parameters:
    ///   - metricsPath: file that is written anew at every `tick`, in OpenMetrics text; nil for none.
    init(
        logger: Logger, report: ServiceReport, metricsPath: String?, files: any FileOperations = DurableFiles()
    ) {
        self.logger = Mutex(logger)
        self.report = report
        self.metricsPath = metricsPath
        self.files = files
    }

    /// The file that the environment asks for: `psws-agent.prom` in systemd's `RUNTIME_DIRECTORY`, whose name the
    /// textfile collector of Prometheus' node exporter reads.
    static func metricsPath(variable: (String) -> String? = environmentVariable) -> String? {
        // systemd separates several directories by colons.
        let directory = variable("RUNTIME_DIRECTORY")?.split(separator: ":").first
        return directory.map { "\($0)/psws-agent.prom" }
    }

    /// Seconds of a steady clock.
    static var now: Double { (ContinuousClock.now - start) / .seconds(1) }
    private static let start = ContinuousClock.now

    /// From now on this logger is told.
    ///
    /// - Parameter furtherMetrics: figures of others, for the same file.
    func use(_ logger: Logger, furtherMetrics: @escaping @Sendable () -> [Metric] = { [] }) {
        self.logger.withLock { $0 = logger }
        self.furtherMetrics.withLock { $0 = furtherMetrics }
    }

    /// A stream of frames begins.
    func beginStream(now: Double = SightWatch.now) { journal.withLock { $0.beginStream(now: now) } }

    /// A frame was searched.
    func takeFrame(_ status: DetectorStatus, counts: ObservationPipeline.Counts, now: Double = SightWatch.now) {
        tell(journal.withLock { $0.takeFrame(status, counts: counts, now: now) })
    }

    /// A frame came that is not searched.
    func passFrame(now: Double = SightWatch.now) { tell(journal.withLock { $0.passFrame(now: now) }) }

    /// Time has passed.
    ///
    /// - Parameter expectsFrames: whether frames should come all the time, as a camera's do.
    func tick(expectsFrames: Bool, now: Double = SightWatch.now) {
        if expectsFrames { tell(journal.withLock { $0.tick(now: now) }) }
        let frames = journal.withLock { $0.counts.frames }
        let rate: Double? = lastRate.withLock { last in
            defer { last = (now, frames) }
            guard let last, now > last.seconds, frames > last.frames else { return nil }
            return Double(frames - last.frames) / (now - last.seconds)
        }
        report.say { $0.framesPerSecond = rate }
        writeMetrics()
    }

    /// Why nothing can be seen at the moment; nil if the station sees.
    var blindness: BlindnessCause? { journal.withLock { $0.blindness } }

    /// All figures of this moment, as OpenMetrics text.
    var metricsText: String {
        OpenMetricsText.text(DetectorMetrics.metrics(journal.withLock { $0 }) + furtherMetrics.withLock { $0 }())
    }

    /// How the station saw, for the end of a stream; nil before the first frame.
    var summary: String? {
        journal.withLock { journal in
            journal.status.map {
                SightWords.state($0)
                    + (journal.secondsBlind > 0 ? ", blind for \(journal.secondsBlind.fixed(0)) s" : "")
            }
        }
    }

    private func tell(_ entries: [SightJournal.Entry]) {
        for entry in entries {
            logger.withLock { $0 }.log(level: entry.isWarning ? .warning : .notice, "\(entry.sentence)")
        }
        guard !entries.isEmpty else { return }
        let blindness = journal.withLock { journal in
            journal.blindness.map { SightWords.blind($0, status: journal.status ?? DetectorStatus()) }
        }
        report.say { $0.blindness = blindness }
    }

    private func writeMetrics() {
        guard let metricsPath else { return }
        let text = metricsText
        let temporary = metricsPath + ".new"
        do throws(FileError) {
            try files.removeTree(temporary)
            try files.createFile(temporary, Array(text.utf8))
            try files.openToAllReaders(temporary)
            try files.rename(temporary, to: metricsPath)
        } catch {
            // Observing goes on without; once is enough.
            let isNews = isMetricsFailureTold.withLock { told in
                defer { told = true }
                return !told
            }
            if isNews {
                logger.withLock { $0 }.warning("the metrics cannot be written to \(metricsPath): \(error.reason)")
            }
        }
    }
}
