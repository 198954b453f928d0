// SPDX-License-Identifier: Apache-2.0

import Detection
import Logging
import Telemetry
import Testing

@testable import Agent

@Suite struct SightWatchTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func watch(_ path: String?) -> SightWatch {
        SightWatch(
            logger: Logger(label: "sight") { _ in SwiftLogNoOpLogHandler() },
            report: ServiceReport(
                notifier: ServiceNotifier(socketPath: nil),
                logger: Logger(label: "report") { _ in SwiftLogNoOpLogHandler() }),
            metricsPath: path)
    }

    @Test func `The metrics file is written anew at every tick`() throws {
        let path = directory.file("psws-agent.prom")
        let watch = watch(path)
        for round in 1...2 {
            var counts = ObservationPipeline.Counts()
            counts.frames = 10 * round
            watch.takeFrame(DetectorStatus(), counts: counts, now: Double(round))
            watch.tick(expectsFrames: false, now: Double(round))
            let text = String(decoding: try bytes(ofFile: path), as: UTF8.self)
            #expect(text.contains("psws_frames_total \(10 * round)\n"))
            #expect(text.hasSuffix("# EOF\n"))
        }
    }

    @Test func `A directory that is not there does not disturb`() {
        watch(directory.file("nowhere/metrics")).tick(expectsFrames: false, now: 1)
    }

    @Test func `The runtime directory of systemd holds the metrics`() {
        #expect(SightWatch.metricsPath { _ in nil } == nil)
        #expect(SightWatch.metricsPath { _ in "/run/psws:/run/other" } == "/run/psws/psws-agent.prom")
    }

    @Test func `The summary says how the station saw`() throws {
        let watch = watch(nil)
        #expect(watch.summary == nil)
        var status = DetectorStatus()
        status.secondsBlind = 12
        watch.takeFrame(status, counts: .init(), now: 1)
        let summary = try #require(watch.summary)
        #expect(summary.contains("candidates a frame") && summary.hasSuffix("blind for 12 s"))
    }
}
