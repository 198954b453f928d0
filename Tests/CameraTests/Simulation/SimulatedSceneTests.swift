// SPDX-License-Identifier: Apache-2.0

import Testing
import UTC

@testable import Camera

@Suite struct SimulatedSceneTests {
    /// A small scene with everything switched on.
    private func busy(_ kind: SceneConfiguration.Kind, width: Int = 48, height: Int = 40) -> SceneConfiguration {
        var scene = SceneConfiguration.moon(width: width, height: height, durationSeconds: 2, seed: 11)
        scene.kind = kind
        scene.driftXPixelsPerSecond = 0.3
        scene.sensor.hotPixelFraction = 0.01
        scene.sensor.flickeringPixelFraction = 0.01
        scene.atmosphere = AtmosphereModel(
            wanderRMSPixels: 0.4, scintillationFraction: 0.02, starScintillationFraction: 0.1,
            transparencyDriftPerMinute: 0.1, cloudOpticalDepth: 0.5, cloudGlowElectronsPerPixel: 10,
            twilightElectronsPerPixelPerSecond: 1)
        scene.inject(count: 8, signalToNoise: 10...20, kinds: SceneEvent.Kind.allCases, seed: 3)
        return scene
    }

    @Test func `Equal configurations give equal frames and other seeds give others`() throws {
        for kind in SceneConfiguration.Kind.allCases {
            let scene = busy(kind, width: 32, height: 24)
            let frames = try SceneFixtures.frames(scene)
            #expect(frames.count == 60)
            #expect(try SceneFixtures.frames(scene) == frames)
            #expect(try SimulatedScene(scene).truth == SimulatedScene(scene).truth)
            var other = scene
            other.seed = 12
            #expect(try SceneFixtures.frames(other)[0] != frames[0])
        }
    }

    @Test func `Frames have numbers, exact times and the scene's format, and share few buffers`() throws {
        var scene = SceneConfiguration.sky(width: 20, height: 10, framesPerSecond: 25, durationSeconds: 2)
        scene.exposureSeconds = 0.01
        let source = try SimulatedScene(scene)
        #expect(source.description.frameCount == 50)
        #expect(source.description.framesPerSecond == 25)
        #expect(source.description.exposureSeconds == 0.01)
        var buffers: Set<Int> = []
        var index = 0
        while let frame = try source.nextFrame() {
            #expect(frame.index == index)
            #expect(frame.format == source.description.format)
            let time = try #require(frame.time)
            #expect(abs(time.middleOfExposure.seconds(since: scene.start) - (Double(index) * 0.04 + 0.005)) < 1e-8)
            #expect(time.origin == .simulated)
            frame.withBytes { bytes in _ = buffers.insert(Int(bitPattern: bytes.baseAddress)) }
            index += 1
        }
        #expect(index == 50)
        #expect(buffers.count <= 2)
        #expect(try source.nextFrame() == nil)
    }

    @Test(arguments: [(8, 8), (16, 16), (17, 31), (33, 9), (64, 8), (101, 63)])
    func `Any frame size works`(width: Int, height: Int) throws {
        for kind in SceneConfiguration.Kind.allCases {
            var scene = busy(kind, width: width, height: height)
            scene.durationSeconds = 0.2
            scene.events = [.lightning(startSeconds: 0, strength: .signalToNoise(20))]
            let frames = try SceneFixtures.frames(scene)
            #expect(frames.count == 6)
            #expect(frames.allSatisfy { $0.count == width * height })
        }
    }

    @Test func `The Moon shows a dark sky, a brighter disk and a gradient towards the crescent`() throws {
        var scene = SceneConfiguration.moon(width: 160, height: 120, durationSeconds: 0.1, bitsPerSample: 16)
        scene.moon.mareContrast = 0
        scene.atmosphere = AtmosphereModel()
        let frame = try SceneFixtures.frames(scene)[0]
        let band = { (columns: Range<Int>) in
            SceneFixtures.mean(columns.flatMap { column in (40..<80).map { Double(frame[$0 * 160 + column]) } })
        }
        let gain = 256.0 / 3
        let offset = 2560.0
        let sky = (band(0..<6) - offset) / gain
        let left = (band(30..<60) - offset) / gain
        let right = (band(130..<160) - offset) / gain
        #expect((3...40).contains(sky))
        #expect(left > sky + 90)
        #expect(right > left + 15)
    }

    @Test func `Jupiter is oblate, dark at the limb, and has its moons`() throws {
        var scene = SceneConfiguration.jupiter(width: 240, height: 160, durationSeconds: 0.02, bitsPerSample: 16)
        scene.atmosphere = AtmosphereModel()
        scene.jupiter.tiltDegrees = 0
        scene.jupiter.oblateness = 0.2
        scene.jupiter.beltContrast = 0
        var plane = LightPlane(width: 240, height: 160)
        var light = SceneLight(scene)
        light.select(frame: 0)
        light.write(into: &plane)
        let row = plane.values[79 * 240..<80 * 240].map(Double.init)
        let column = (0..<160).map { Double(plane.values[$0 * 240 + 119]) }
        let wide = row[80..<160].count { $0 > 300 }
        let high = column.count { $0 > 300 }
        #expect(abs(Double(high) / Double(wide) - 0.8) < 0.04)
        #expect(abs(Double(wide) - 0.46 * 160) < 4)
        #expect(abs(row[119] - 1504) < 40)
        #expect(row[119 - 33] < 0.6 * row[119])
        #expect(row[..<80].contains { $0 > 40 } && row[160...].contains { $0 > 40 })
    }

    @Test func `Brighter stars are rarer`() {
        var scene = SceneConfiguration.sky(width: 100, height: 100)
        scene.sky.starCount = 4000
        let stars = StarFieldPainter(scene).stars
        let faintest = scene.sky.electronsOfMagnitudeZero * 0.001
        #expect(stars.allSatisfy { $0.electrons >= faintest * 0.999 && $0.electrons <= 1000.001 * faintest })
        // Two magnitudes above the limit, a tenth of the stars is left.
        let bright = stars.count { $0.electrons > faintest * 6.3096 }
        #expect(abs(Double(bright) / 4000 - 0.1) < 0.02)
    }

    @Test func `Injected events are of the kinds and strengths asked for, in time and in the picture`() throws {
        for kind in SceneConfiguration.Kind.allCases {
            var scene = SceneConfiguration.preset(kind)
            scene.width = 128
            scene.height = 96
            scene.durationSeconds = 30
            scene.atmosphere = AtmosphereModel()
            let kinds: [SceneEvent.Kind] = [.lunarFlash, .meteor, .satellite, .cosmicRay, .aircraft, .insect]
            scene.inject(count: 12, signalToNoise: 9...15, kinds: kinds, seed: 5)
            #expect(scene.events.map(\.kind) == kinds + kinds)
            let scenes = try SimulatedScene(scene)
            for truth in scenes.truth {
                let peak = try #require(truth.peak)
                let isLong = [.satellite, .aircraft, .insect].contains(truth.kind)
                let ratio = isLong ? truth.samples.map(\.signalToNoise).max() ?? 0 : truth.signalToNoise
                #expect((8.999...15.001).contains(ratio), "\(truth.kind)")
                #expect((0..<128).contains(Int(peak.x.rounded())) && (0..<96).contains(Int(peak.y.rounded())))
                #expect(truth.frameFirst >= Int(4 * scene.framesPerSecond))
            }
        }
    }

    @Test func `Injected flashes on the Moon lie on the night side`() {
        var scene = SceneConfiguration.moon(durationSeconds: 60)
        scene.moon.centreXInFrameWidths = 0.5
        scene.moon.radiusInFrameWidths = 0.3
        scene.inject(count: 200, signalToNoise: 9...9, kinds: [.lunarFlash], seed: 1)
        for event in scene.events {
            let (dx, dy) = (event.x - 320, event.y - 240)
            #expect(dx * dx + dy * dy < 192 * 192)
            // The sunlit side is to the right.
            #expect(dx < 130)
        }
    }

    @Test func `Impossible scenes are refused with the name of the value`() {
        let changes: [(String, (inout SceneConfiguration) -> Void)] = [
            ("width", { $0.width = 7 }), ("height", { $0.height = 100_000 }),
            ("framesPerSecond", { $0.framesPerSecond = .nan }), ("framesPerSecond", { $0.framesPerSecond = 0 }),
            ("durationSeconds", { $0.durationSeconds = 0.001 }),
            ("durationSeconds", { $0.durationSeconds = .infinity }),
            ("exposureSeconds", { $0.exposureSeconds = 1 }), ("bitsPerSample", { $0.bitsPerSample = 17 }),
            ("pointSpreadSigmaPixels", { $0.pointSpreadSigmaPixels = 0 }),
            ("sensor.gainElectronsPerADU", { $0.sensor.gainElectronsPerADU = -1 }),
            ("sensor.hotPixelFraction", { $0.sensor.hotPixelFraction = 2 }),
            ("atmosphere.wanderRMSPixels", { $0.atmosphere.wanderRMSPixels = .nan }),
            ("moon.radiusInFrameWidths", { $0.moon.radiusInFrameWidths = 0 }),
            ("drift", { $0.driftXPixelsPerSecond = 1e9 }),
            (
                "events[0] (lunar_flash).durationSeconds",
                { $0.events = [.lunarFlash(x: 1, y: 1, startSeconds: 0, decaySeconds: 0, strength: .signalToNoise(9))] }
            ),
        ]
        for (name, change) in changes {
            var scene = SceneConfiguration.moon(width: 32, height: 32, durationSeconds: 1)
            change(&scene)
            let error = #expect(throws: CameraError.self, "\(name)") { try SimulatedScene(scene) }
            #expect(error?.code == .impossibleScene)
            #expect(error?.message.contains(name) == true, "\(name): \(error?.message ?? "")")
        }
    }

    @Test func `Random scenes are either refused or played to the end`() throws {
        var random = Xoshiro256(seed: 77)
        let values: [Double] = [0, 1, -1, 0.5, 3, 1e3, 1e7, -1e7, .nan, .infinity, -.infinity, 1e-9, 1e300]
        func pick() -> Double { values[Int(random.next() % UInt64(values.count))] }
        var played = 0
        for _ in 0..<150 {
            var scene = busy(SceneConfiguration.Kind.allCases[Int(random.next() % 3)], width: 20, height: 12)
            scene.durationSeconds = 0.2
            scene.events = []
            scene.inject(count: 2, signalToNoise: 5...50, kinds: SceneEvent.Kind.allCases, seed: random.next())
            switch random.next() % 12 {
            case 0: scene.atmosphere.cloudSpeedPixelsPerSecond = pick()
            case 1: scene.moon.centreXInFrameWidths = pick()
            case 2: scene.jupiter.equatorialDiameterInFrameHeights = pick()
            case 3: scene.sky.electronsOfMagnitudeZero = pick()
            case 4: scene.sensor.readNoiseElectrons = pick()
            case 5: scene.sensor.offsetADU = pick()
            case 6: scene.pointSpreadSigmaPixels = pick()
            case 7: scene.events[0].velocityXPixelsPerSecond = pick()
            case 8: scene.events[0].accelerationYPixelsPerSecondSquared = pick()
            case 9: scene.events[0].strength = .totalElectrons(pick())
            case 10: scene.events[0].durationSeconds = pick()
            default: scene.atmosphere.wanderRMSPixels = pick()
            }
            do {
                let source = try SimulatedScene(scene)
                while let frame = try source.nextFrame() { #expect(frame[0, 0] <= 255) }
                played += 1
            } catch {
                #expect(error.code == .impossibleScene)
            }
        }
        #expect(played > 40)
    }

    @Test func `The truth tables hold a row for each event and each of its frames`() throws {
        let scene = try SimulatedScene(busy(.moon))
        let events = SceneTruthTables.events(scene).split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(events.count == 1 + scene.truth.count)
        let columns = events[0].split(separator: ",").map(String.init)
        for (line, truth) in zip(events.dropFirst(), scene.truth) {
            let fields = line.split(separator: ",").map(String.init)
            let row = Dictionary(uniqueKeysWithValues: zip(columns, fields))
            #expect(fields.count == columns.count)
            #expect(row["kind"] == truth.kind.rawValue)
            #expect(row["frame_peak"] == String(truth.framePeak))
            #expect(abs((row["x"].flatMap(Double.init) ?? -1) - (truth.peak?.x ?? 0)) < 0.001)
            #expect(abs((row["snr"].flatMap(Double.init) ?? -1) - truth.signalToNoise) < 0.001)
            let time = try #require(row["time_peak"].flatMap { UTCInstant(iso8601: $0) })
            #expect(abs(time.seconds(since: scene.time(ofFrame: truth.framePeak).middleOfExposure)) < 2e-6)
        }
        let tracks = SceneTruthTables.tracks(scene).split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(tracks.count == 1 + scene.truth.reduce(0) { $0 + $1.samples.count })
    }
}
