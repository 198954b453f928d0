// SPDX-License-Identifier: Apache-2.0

import Camera
import Testing

@testable import Detection

struct LimbFitTests {
    /// Truth of the simulated Moon.
    private func moon(_ scene: SceneConfiguration) -> (centre: SIMD2<Double>, radius: Double) {
        (
            SIMD2(
                scene.moon.centreXInFrameWidths * Double(scene.width),
                scene.moon.centreYInFrameHeights * Double(scene.height)),
            scene.moon.radiusInFrameWidths * Double(scene.width)
        )
    }

    private func check(
        _ outline: DiskOutline, centre: SIMD2<Double>, radius: Double, pixels: Double,
        _ location: SourceLocation = #_sourceLocation
    ) {
        let miss = outline.centre - centre
        #expect(abs(miss.x) < pixels, sourceLocation: location)
        #expect(abs(miss.y) < pixels, sourceLocation: location)
        #expect(abs(outline.radiusPixels - radius) < pixels, sourceLocation: location)
        // The errors are honest: what is missed is within four of them.
        #expect(abs(miss.x) < 4 * outline.centreXErrorPixels + 0.05, sourceLocation: location)
        #expect(abs(miss.y) < 4 * outline.centreYErrorPixels + 0.05, sourceLocation: location)
    }

    @Test func `The dark limb of a crescent Moon gives its centre and radius`() throws {
        let scene = DiskScenes.quiet(.moon())
        let truth = moon(scene)
        let outline = try LimbFit.outline(
            in: try DiskScenes.mean(scene), shape: DiskShape(axisRatio: 1, pointSpreadSigmaPixels: 1.4))
        check(outline, centre: truth.centre, radius: truth.radius, pixels: 2)
        #expect(outline.equatorAngleDegrees == nil)
    }

    @Test func `A known scale makes the centre better`() throws {
        let scene = DiskScenes.quiet(.moon(seed: 3))
        let truth = moon(scene)
        let shape = DiskShape(
            axisRatio: 1, radiusPixels: truth.radius, radiusErrorPixels: 0.1, pointSpreadSigmaPixels: 1.4)
        let image = try DiskScenes.mean(scene)
        let outline = try LimbFit.outline(in: image, shape: shape)
        let free = try LimbFit.outline(in: image, shape: DiskShape(axisRatio: 1, pointSpreadSigmaPixels: 1.4))
        check(outline, centre: truth.centre, radius: truth.radius, pixels: 0.5)
        #expect(outline.centreXErrorPixels < free.centreXErrorPixels)
    }

    @Test func `Mountains along the limb make the centre less sure`() throws {
        let image = try DiskScenes.mean(DiskScenes.quiet(.moon()))
        var shape = DiskShape(axisRatio: 1, pointSpreadSigmaPixels: 1.4)
        let smooth = try LimbFit.outline(in: image, shape: shape)
        shape.limbReliefFraction = 1.5 / 1737.4
        let rough = try LimbFit.outline(in: image, shape: shape)
        #expect(rough.centre == smooth.centre)
        #expect(rough.centreXErrorPixels > 2 * smooth.centreXErrorPixels)
    }

    @Test func `A Moon with its sunlit crescent is found in spite of the terminator`() throws {
        var scene = DiskScenes.quiet(.moon())
        scene.moon = MoonAppearance(
            radiusInFrameWidths: 0.3, centreXInFrameWidths: 0.47, centreYInFrameHeights: 0.52,
            phaseAngleDegrees: 100, earthshineElectronsPerPixel: 0, glareElectronsPerPixel: 0,
            sunlitElectronsPerPixel: 500)
        let truth = moon(scene)
        let outline = try LimbFit.outline(
            in: try DiskScenes.mean(scene), shape: DiskShape(axisRatio: 1, pointSpreadSigmaPixels: 1.4))
        check(outline, centre: truth.centre, radius: truth.radius, pixels: 0.6)
    }

    @Test(arguments: [12.0, -35, 80])
    func `Jupiter is found with its size, its flattening and the tilt of its belts`(tilt: Double) throws {
        var scene = DiskScenes.quiet(.jupiter())
        scene.jupiter.tiltDegrees = tilt
        let shape = DiskShape(
            axisRatio: 1 - scene.jupiter.oblateness, limbDarkeningShift: 0.76,
            pointSpreadSigmaPixels: scene.pointSpreadSigmaPixels)
        let outline = try LimbFit.outline(in: try DiskScenes.mean(scene), shape: shape)
        let radius = 0.5 * scene.jupiter.equatorialDiameterInFrameHeights * Double(scene.height)
        check(outline, centre: SIMD2(239.5, 239.5), radius: radius, pixels: 0.6)
        var turn = try #require(outline.equatorAngleDegrees) - tilt
        turn -= 180 * (turn / 180).rounded()
        #expect(abs(turn) < 1.5)
        #expect(abs(turn) < 4 * (try #require(outline.equatorAngleErrorDegrees)))
    }

    @Test func `A large image is binned and its disk is still in its place`() throws {
        var scene = DiskScenes.quiet(.jupiter(width: 1280, height: 960))
        scene.durationSeconds = 0.05
        let outline = try LimbFit.outline(
            in: try DiskScenes.mean(scene),
            shape: DiskShape(
                axisRatio: 0.935, limbDarkeningShift: 0.76, pointSpreadSigmaPixels: scene.pointSpreadSigmaPixels))
        check(outline, centre: SIMD2(639.5, 479.5), radius: 0.23 * 960, pixels: 1)
    }

    @Test func `Noise, a flat field and stars have no disk`() throws {
        let flat = BackgroundImage(width: 200, height: 150, values: [Float](repeating: 20, count: 30_000))
        #expect(throws: LimbFitError.self) { try LimbFit.outline(in: flat, shape: DiskShape(axisRatio: 1)) }
        var random = SyntheticFrames.Random(state: 5)
        let noise = (0..<30_000).map { _ in Float(20 + random.normal()) }
        let grain = BackgroundImage(width: 200, height: 150, values: noise)
        #expect(throws: LimbFitError.self) { try LimbFit.outline(in: grain, shape: DiskShape(axisRatio: 1)) }
        let sky = try DiskScenes.mean(DiskScenes.quiet(.sky(width: 320, height: 240)))
        #expect(throws: LimbFitError.self) { try LimbFit.outline(in: sky, shape: DiskShape(axisRatio: 1)) }
        let tiny = BackgroundImage(width: 5, height: 5, values: [Float](repeating: 0, count: 25))
        #expect(throws: LimbFitError.self) { try LimbFit.outline(in: tiny, shape: DiskShape(axisRatio: 1)) }
    }

    @Test func `A sliver of limb is too little`() throws {
        var scene = DiskScenes.quiet(.moon())
        scene.moon.radiusInFrameWidths = 3
        scene.moon.centreXInFrameWidths = 3.5
        let shape = DiskShape(axisRatio: 1, radiusPixels: 1920, radiusErrorPixels: 19, pointSpreadSigmaPixels: 1.4)
        #expect(throws: LimbFitError.self) { try LimbFit.outline(in: try DiskScenes.mean(scene), shape: shape) }
    }

    @Test func `The detector's own background has the disk where the frame has it`() throws {
        var scene = SceneConfiguration.jupiter(width: 320, height: 320, durationSeconds: 1.5)
        scene.driftXPixelsPerSecond = 4
        let simulated = try SimulatedScene(scene)
        let detector = try Detector(
            configuration: .standard(for: .jupiter, framesPerSecond: scene.framesPerSecond),
            format: simulated.description.format)
        var last = 0
        while let frame = try simulated.nextFrame() {
            _ = detector.process(frame)
            last = frame.index
        }
        let outline = try LimbFit.outline(
            in: detector.backgroundImage(inFrame: last),
            shape: DiskShape(
                axisRatio: 0.935, limbDarkeningShift: 0.76, pointSpreadSigmaPixels: scene.pointSpreadSigmaPixels))
        let drift = 4 * Double(last) / scene.framesPerSecond
        // The seeing moves each frame by 0.6 pixels.
        #expect(abs(outline.centre.x - 159.5 - drift) < 3)
        #expect(abs(outline.centre.y - 159.5) < 2.5)
    }
}
