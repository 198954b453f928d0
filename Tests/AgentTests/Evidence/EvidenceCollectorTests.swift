// SPDX-License-Identifier: Apache-2.0

import Camera
import Testing

@testable import Agent
@testable import Detection

@Suite struct EvidenceCollectorTests {
    private func clip(_ scene: FlashScene, frameCount: Int = 80, limits: EvidenceLimits = EvidenceLimits()) throws
        -> FrameClip
    {
        let evidence = scene.evidence(frameCount: frameCount, limits: limits)
        #expect(evidence.count == 1)
        return try #require(evidence.first?.clip)
    }

    @Test func `Frames before, during and after are cut out around the flash`() throws {
        let scene = FlashScene()
        let clip = try clip(scene)
        #expect(clip.frames.map(\.index) == Array(15...48))
        #expect(clip.width == 64 && clip.height == 64)
        #expect(clip.missingCount == 0 && clip.step == 1 && clip.binning == 1)
        let whole = scene.frame(30)
        let peak = try #require(clip.frames.first { $0.index == 30 })
        #expect(peak.time == scene.time(of: 30))
        for (column, row) in [(0, 0), (63, 0), (0, 63), (32, 31)] {
            #expect(peak[column, row] == whole[clip.region.column + column, clip.region.row + row])
        }
        let place = clip.position(x: 80.3, y: 60.6)
        #expect(abs(place.x - (80.3 - Double(clip.region.column))) < 1e-9)
    }

    @Test func `Evidence is complete with the last frame wanted and not before`() {
        let scene = FlashScene()
        var collector = EvidenceCollector()
        for index in 0...36 { #expect(collector.observe(scene.frame(index)).isEmpty) }
        collector.collect(scene.event, name: "a")
        for index in 37...47 { #expect(collector.observe(scene.frame(index)).isEmpty) }
        #expect(collector.openNames == ["a"])
        #expect(collector.observe(scene.frame(48)).map(\.name) == ["a"])
        #expect(collector.openNames.isEmpty)
    }

    @Test func `An event reported after its last frame wanted is complete at once`() {
        let scene = FlashScene()
        var collector = EvidenceCollector()
        for index in 0...60 { _ = collector.observe(scene.frame(index)) }
        collector.collect(scene.event, name: "a")
        #expect(collector.takeCompleted().first?.clip?.frames.count == 34)
        #expect(collector.takeCompleted().isEmpty)
    }

    @Test func `An event at the first frame has no frames before it`() throws {
        var scene = FlashScene()
        scene.firstFrame = 0
        let clip = try clip(scene)
        #expect(clip.frames.map(\.index) == Array(0...18))
        #expect(clip.missingCount == 0)
    }

    @Test func `An event at the last frame ends with the recording`() throws {
        var scene = FlashScene()
        scene.firstFrame = 76
        let clip = try clip(scene)
        #expect(clip.frames.map(\.index) == Array(61...79))
        #expect(clip.missingCount == 15)
    }

    @Test func `At the frame's edge the region moves inside`() throws {
        var scene = FlashScene()
        scene.start = (1.2, 118.9)
        let clip = try clip(scene)
        #expect(clip.region == PixelRegion(column: 0, row: 56, width: 64, height: 64, within: scene.format))
    }

    @Test func `A frame smaller than the least side is kept whole`() throws {
        var scene = FlashScene()
        (scene.width, scene.height, scene.start) = (40, 30, (20, 15))
        let clip = try clip(scene)
        #expect(clip.width == 40 && clip.height == 30)
    }

    @Test func `A track that leaves the frame is cut at its edge`() throws {
        var scene = FlashScene()
        (scene.start, scene.stepPerFrame) = ((120, 20), (30, -15))
        let clip = try clip(scene)
        #expect(clip.region.column + clip.region.width == 160)
        #expect(clip.region.row == 0)
        #expect(clip.frames.count == 34)
    }

    @Test func `Sixteen bits are kept whole`() throws {
        var scene = FlashScene()
        (scene.bitsPerSample, scene.background, scene.noise) = (16, 30_000, 50)
        let clip = try clip(scene)
        let frame = try #require(clip.frames.first)
        #expect(frame.format.bitsPerSample == 16)
        #expect(frame[5, 5] == scene.frame(15)[clip.region.column + 5, clip.region.row + 5])
        #expect(frame[5, 5] > 29_000)
    }

    @Test func `A colour mosaic begins at an even pixel`() throws {
        var scene = FlashScene()
        (scene.colorFilter, scene.start) = (.rggb, (81.0, 61.0))
        let clip = try clip(scene)
        #expect(clip.region.column % 2 == 0 && clip.region.row % 2 == 0)
        #expect(clip.frames.first?.format.colorFilter == .rggb)
    }

    @Test func `A long track is kept within the bytes by binning and by a step`() throws {
        var scene = FlashScene()
        scene.stepPerFrame = (1.5, 0.8)
        scene.start = (10, 10)
        scene.fluxes = (0..<60).map { $0 == 37 ? 400 : 200 }
        var limits = EvidenceLimits()
        limits.clipBytes = 64 << 10
        let clip = try clip(scene, frameCount: 120, limits: limits)
        #expect(clip.binning == 2)
        #expect(clip.step > 1)
        let indices = Set(clip.frames.map(\.index))
        #expect(indices.isSuperset(of: [30, 67, 89]), "first, peak and last frame are there")
        #expect(clip.frames.count * clip.width * clip.height <= 64 << 10)
        let whole = scene.frame(30)
        let first = try #require(clip.frames.first { $0.index == 30 })
        let (column, row) = (clip.region.column + 6, clip.region.row + 8)
        let sum = whole[column, row] + whole[column + 1, row] + whole[column, row + 1] + whole[column + 1, row + 1]
        #expect(first[3, 4] == (sum + 2) / 4)
    }

    @Test func `Wrong numbers in an event do no harm`() {
        var scene = FlashScene()
        scene.fluxes = [100]
        var event = scene.event
        (event.x, event.y) = (.nan, .infinity)
        event.track[0].x = 1e300
        (event.frameFirst, event.framePeak, event.frameLast) = (Int.min, 5, Int.max)
        var collector = EvidenceCollector()
        for index in 0..<20 { _ = collector.observe(scene.frame(index)) }
        collector.collect(event, name: "wrong")
        #expect(collector.finish().count == 1)
    }

    @Test func `Too many events at once close the oldest early`() {
        let scene = FlashScene()
        var limits = EvidenceLimits()
        limits.openEvents = 2
        var collector = EvidenceCollector(limits: limits)
        for index in 0...36 { _ = collector.observe(scene.frame(index)) }
        for name in ["a", "b", "c"] { collector.collect(scene.event, name: name) }
        #expect(collector.takeCompleted().map(\.name) == ["a"])
        #expect(collector.openNames == ["b", "c"])
        #expect(collector.finish().map(\.clip?.missingCount) == [12, 12])
    }

    @Test func `A camera that comes back with other frames closes what is open`() {
        let scene = FlashScene()
        var other = scene
        other.width = 80
        var collector = EvidenceCollector()
        for index in 0...36 { _ = collector.observe(scene.frame(index)) }
        collector.collect(scene.event, name: "a")
        #expect(collector.observe(other.frame(37)).map(\.name) == ["a"])
    }

    @Test func `An event before any frame has no clip`() {
        var collector = EvidenceCollector()
        collector.collect(FlashScene().event, name: "a")
        #expect(collector.takeCompleted().first?.clip == nil)
    }
}
