// SPDX-License-Identifier: Apache-2.0

import Camera
import Testing

@testable import Detection

@Suite struct RegistrationTests {
    /// Displacements that a detector found, minus the true ones, from frame 120 on.
    private func errors(_ scene: SceneConfiguration) throws -> [SIMD2<Double>] {
        var scene = scene
        let middle = SIMD2(Double(scene.width), Double(scene.height)) / 2
        // A ghost that stands on the target tells where the target is.
        scene.events = [
            .fireball(
                x: middle.x, y: middle.y, startSeconds: 0, durationSeconds: scene.durationSeconds, flickerFraction: 0,
                strength: .totalElectrons(1e-3))
        ]
        let source = try SimulatedScene(scene)
        var truth: [Int: SIMD2<Double>] = [:]
        for sample in source.truth[0].samples { truth[sample.frame] = SIMD2(sample.x, sample.y) - middle }
        let detector = try Detector(
            configuration: .standard(
                for: scene.kind == .moon ? .moon : .jupiter, framesPerSecond: scene.framesPerSecond),
            format: source.description.format)
        var errors: [SIMD2<Double>] = []
        while let frame = try source.nextFrame() {
            _ = detector.process(frame)
            guard frame.index >= 120, let place = truth[frame.index] else { continue }
            #expect(detector.status.isRegistered)
            errors.append(detector.status.displacement - place)
        }
        return errors
    }

    /// Standard deviation in each coordinate; where the background itself lies is of no matter.
    private func scatter(_ errors: [SIMD2<Double>]) -> SIMD2<Double> {
        let mean = errors.reduce(.zero, +) / Double(errors.count)
        let square = errors.reduce(SIMD2<Double>.zero) { $0 + ($1 - mean) * ($1 - mean) } / Double(errors.count)
        return SIMD2(square.x.squareRoot(), square.y.squareRoot())
    }

    private func restless(_ scene: SceneConfiguration) -> SceneConfiguration {
        var scene = scene
        scene.atmosphere.wanderRMSPixels = 2
        scene.atmosphere.scintillationFraction = 0.02
        scene.atmosphere.cloudOpticalDepth = 0.05
        scene.driftXPixelsPerSecond = 0.4
        scene.driftYPixelsPerSecond = -0.2
        return scene
    }

    @Test func `A restless Jupiter behind thin cloud is registered to a twentieth of a pixel`() throws {
        let scatter = scatter(
            try errors(restless(.jupiter(width: 240, height: 240, durationSeconds: 5, seed: 3))))
        #expect(scatter.x < 0.05 && scatter.y < 0.05, "\(scatter)")
    }

    @Test func `A restless Moon is registered well across its limb and fairly along it`() throws {
        let scatter = scatter(try errors(restless(.moon(width: 320, height: 240, durationSeconds: 8, seed: 3))))
        #expect(scatter.x < 0.06 && scatter.y < 0.15, "\(scatter)")
    }

    @Test func `An even picture is not forced and the status says so`() throws {
        var frames = try SyntheticFrames(width: 96, height: 64, seed: 4)
        let detector = try Detector(configuration: .standard(for: .moon), format: frames.format)
        for _ in 0..<80 {
            _ = detector.process(frames.next())
            #expect(detector.status.displacement == SIMD2(0, 0))
        }
        #expect(!detector.status.isRegistered)
    }

    @Test(arguments: [(14.0, -9.0), (-23.0, 5.0), (2.5, 27.5)])
    func `A scene that has jumped is found again at once`(_ jumpX: Double, _ jumpY: Double) throws {
        var frames = try SyntheticFrames(width: 160, height: 120, seed: 6)
        let spots = [(50.0, 40.0), (90.0, 70.0), (70.0, 30.0), (100.0, 45.0), (60.0, 75.0), (82.0, 52.0)]
        func next(_ x: Double, _ y: Double) -> Frame {
            frames.next(spots: spots.map { .init(x: $0.0 + x, y: $0.1 + y, flux: 3000, sigma: 2.5) })
        }
        let first = next(0, 0)
        let background = BackgroundModel(format: frames.format, meanRate: 1 / 64, exclusionMask: nil)
        background.seed(first)
        background.seedDeviation(3)
        var registration = SceneRegistration()
        for _ in 0..<4 {
            let still = registration.align(next(0.3, -0.2), to: background)
            #expect(still.hasStructure && still.isReliable)
            #expect(abs(still.alignment.displacement.x - 0.3) < 0.1 && abs(still.alignment.displacement.y + 0.2) < 0.1)
        }
        let found = registration.align(next(jumpX, jumpY), to: background)
        #expect(found.isReliable)
        #expect(abs(found.alignment.displacement.x - jumpX) < 0.1, "\(found.alignment.displacement)")
        #expect(abs(found.alignment.displacement.y - jumpY) < 0.1, "\(found.alignment.displacement)")
    }

    @Test func `A frame between its pixels follows a parabola exactly`() throws {
        var frames = try SyntheticFrames(width: 24, height: 24, bitsPerSample: 16)
        let frame = frames.frame { x, y, _ in 1000 + 4 * Double(x * x) + 16 * Double(y * y) }
        let sampling = FrameSampling(format: frames.format, displacement: SIMD2(1.25, -2.5))
        let value = frame.withBytes { bytes in
            bytes.baseAddress.flatMap {
                sampling.value($0.assumingMemoryBound(to: UInt16.self), column: 10, row: 12)
            }
        }
        #expect(abs((value ?? 0) - Float(1000 + 4 * 11.25 * 11.25 + 16 * 9.5 * 9.5)) < 0.5)
        #expect(
            frame.withBytes { bytes in
                bytes.baseAddress.flatMap {
                    sampling.value($0.assumingMemoryBound(to: UInt16.self), column: 22, row: 12)
                }
            } == nil)
    }

    @Test func `Normal equations give back the unknowns and refuse what is not fixed`() {
        var equations = NormalEquations(count: 3)
        let unknowns = SIMD8<Double>(1.5, -2, 0.25, 0, 0, 0, 0, 0)
        for index in 0..<20 {
            let x = Double(index)
            let coefficients = SIMD8(1, x, x * x / 10, 0, 0, 0, 0, 0)
            equations.add(coefficients, value: (coefficients * unknowns).sum(), weight: 1 + x)
        }
        let difference = (equations.solve() ?? .zero) - unknowns
        #expect((difference * difference).sum() < 1e-16)
        equations.reset()
        equations.add(SIMD8(1, 1, 0, 0, 0, 0, 0, 0), value: 1, weight: 1)
        #expect(equations.solve() == nil)
        equations.restrain(1, weight: 1, to: 4)
        equations.restrain(2, weight: 1)
        #expect(abs((equations.solve() ?? .zero)[1] - 4) < 1e-9)
    }

    @Test func `The local gain acts on a row as it does on a pixel`() {
        var gain = LocalGain(width: 100, height: 60)
        gain.dark = 10
        #expect(gain.isFlat)
        for index in 0..<(gain.columns * gain.rows) { gain.change(cell: index, by: 0.01 * Float(index % 7) - 0.02) }
        let row = ScratchRow(width: 100)
        for y in [0, 7, 31, 59] {
            row.fill(0..<100, with: 50)
            gain.apply(to: row, row: y)
            for x in 0..<100 { #expect(abs(row[x] - 50 - 40 * gain.share(column: x, row: y)) < 1e-3) }
        }
        gain.flatten()
        #expect(gain.isFlat && gain.value(column: 50, row: 30) == 0)
    }
}
