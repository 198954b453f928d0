// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection
import NIOPosix
import Synchronization
import Testing
import UTC
import VOEvent

@testable import Agent

/// The whole loop without a person: a prediction arrives, its interval begins, faint events are told and cite it, the
/// interval ends.
@Suite struct CampaignLoopTests {
    private static let seconds = 60.0

    /// Faint flashes on the Moon, one every second and a half.
    private static func scene() throws(CameraError) -> any FrameSource {
        var scene = SceneConfiguration.moon(width: 128, height: 96, durationSeconds: seconds, seed: 5)
        scene.inject(count: 36, signalToNoise: 6.6...7, kinds: [.lunarFlash], seed: 2)
        return try SimulatedScene(scene)
    }

    @Test func `During the interval fainter events are told and cite the prediction, before and after not`()
        async throws
    {
        let directory = try TemporaryDirectory()
        let store = ForecastStore(besideOutbox: directory.file("outbox"))
        // The frames' clock runs a thousand times faster: the scene lasts 16 hours and 40 minutes, and the interval with
        // its margin is the middle third.
        let third = 1000 * Self.seconds / 3
        var forecast = try SampleForecast.forecast()
        forecast.intervals[0].interval.start = SampleForecast.now.advanced(bySeconds: third + 3600)
        forecast.intervals[0].interval.stop = SampleForecast.now.advanced(bySeconds: 2 * third - 3600)
        try store.write(try SampleForecast.bytes(forecast))
        let configuration = try ForecastConfigurationTests.decode(
            "solar_wind: [/a]\nmargin: 1 h\nfalse_alarms: 1000 /h")
        let watch = CampaignWatch(configuration, store: store, logger: Journal().logger)

        let pool = NIOThreadPool(numberOfThreads: 1)
        pool.start()
        let seen = Mutex<[Evidence]>([])
        let run = ObservationRun(
            open: Self.scene,
            detectorConfiguration: {
                var settings = DetectorConfiguration.standard(for: .moon, framesPerSecond: $0.framesPerSecond ?? 30)
                settings.falseAlarmsPerHour = 0.0001
                return settings
            },
            interpreter: { EventInterpreter(configuration: .standard(for: .moon), source: $0, hasSite: false) },
            evidenceLimits: EvidenceLimits(),
            observe: { _, counts in
                watch.look(now: SampleForecast.now.advanced(bySeconds: 1000 * Double(counts.frames) / 30))
            }, campaign: { watch.campaign })
        _ = try await run.run(until: StopFlag(), threadPool: pool, opened: { _ in }) { evidence in
            seen.withLock { $0.append(evidence) }
        }
        try await pool.shutdownGracefully()

        let all = seen.withLock { $0 }
        func alerts(_ part: Int) -> [Evidence] {
            all.filter { $0.event.isAlert && Int(Double($0.event.framePeak) / 30 / (Self.seconds / 3)) == part }
        }
        // Twelve flashes a third; the first third begins with learning the scene.
        #expect(alerts(1).count >= 4 && alerts(1).count > 2 * max(alerts(0).count, alerts(2).count))
        let faint = alerts(1).filter { $0.event.reasons.contains { $0.code == Reason.belowUsualThreshold } }
        #expect(faint.count >= 2 && faint.allSatisfy { $0.event.eventClass == .suspectedSingleFrame })
        #expect(all.filter { $0.campaign == nil && !$0.event.isAlert }.allSatisfy { $0.clip == nil })
        #expect(all.filter { $0.campaign != nil }.allSatisfy { $0.clip != nil })
        let last = try #require(faint.last { $0.campaign != nil })
        let packet = try Self.packet(of: last)
        #expect(packet.citations?.events == [Citation(SampleForecast.ivorn, kind: .followup)])
        #expect(packet.what?.group("campaign")?.param("prediction")?.value == SampleForecast.ivorn)
        #expect(packet.what?.param("class")?.value == "C")
        for evidence in alerts(2) { #expect(try Self.packet(of: evidence).citations == nil) }
    }

    /// The event as it would be sent, valid under the standard.
    private static func packet(of evidence: Evidence) throws -> VOEventPacket {
        let context = Station.context()
        let author = EventAuthor(context: context)
        let name = EventName(event: evidence.event, station: context.station.name, camera: context.instrument)
        let bytes = try author.write(
            evidence.event, ivorn: try #require(author.ivorn(of: evidence.event, name: name)), evidence: [], clock: nil,
            campaign: evidence.campaign, now: Station.now)
        let report = VOEventValidator().validate(bytes)
        #expect(report.valid == true && report.errors.isEmpty && report.warnings.isEmpty, "\(report)")
        return try VOEventReader().read(bytes).packet
    }
}
