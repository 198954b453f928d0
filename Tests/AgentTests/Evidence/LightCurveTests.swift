// SPDX-License-Identifier: Apache-2.0

import Camera
import Testing

@testable import Agent
@testable import Detection

@Suite struct LightCurveTests {
    @Test func `The detector's points stand between quiet ones that scatter by their errors`() throws {
        let evidence = try #require(FlashScene().evidence().first)
        let curve = LightCurve(of: evidence)
        #expect(curve.points.map(\.frame) == Array(15...48))
        #expect(curve.eventPoints.map(\.fluxADU) == [420, 260, 150, 85])
        let quiet = curve.points.filter { !$0.isInEvent }
        let deviations = quiet.map { $0.fluxADU / $0.fluxErrorADU }
        let variance = deviations.reduce(0) { $0 + $1 * $1 } / Double(deviations.count)
        #expect(variance > 0.4 && variance < 2.0, "\(variance)")
    }

    @Test func `The quiet sky is measured on the detector's scale`() throws {
        // A flash that the detector ended too early is found again in the frames after it.
        let scene = FlashScene()
        var event = scene.event
        event.frameLast = 31
        event.track.removeLast(2)
        var collector = EvidenceCollector()
        for index in 0..<60 { _ = collector.observe(scene.frame(index)) }
        collector.collect(event, name: "short")
        let curve = LightCurve(of: try #require(collector.takeCompleted().first))
        let missed = try #require(curve.points.first { $0.frame == 32 })
        #expect(!missed.isInEvent)
        #expect(abs(missed.fluxADU - 150) < 4 * missed.fluxErrorADU, "\(missed.fluxADU)")
    }

    @Test func `A place at the clip's edge and a colour mosaic are left out`() throws {
        var scene = FlashScene()
        scene.start = (1, 1)
        #expect(LightCurve(of: try #require(scene.evidence().first)).points.count == 4)
        scene = FlashScene()
        scene.colorFilter = .rggb
        #expect(LightCurve(of: try #require(scene.evidence().first)).points.count == 4)
    }
}
