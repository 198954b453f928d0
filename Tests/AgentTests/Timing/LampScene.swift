// SPDX-License-Identifier: Apache-2.0

import Camera
import Synchronization
import Testing
import UTC

@testable import Agent

/// A camera that looks at a lamp, and stamps its frames later than it takes them. Time passes with its frames.
final class LampScene: FrameSource, Lamp {
    struct Camera {
        var exposureSeconds = 0.02
        var framesPerSecond = 25.0
        var latencySeconds = 0.037
        /// Standard deviation of single stamps.
        var jitterSeconds = 0.0
        /// ADU that the lamp adds to its brightest pixel, and standard deviation of a pixel's noise.
        var lampADU = 120.0
        var noiseADU = 2.0
        /// Exposure that the camera says it has; nil if it does not say.
        var saidExposureSeconds: Double? = 0.02
        /// Frames that get lost, one in so many; 0 for none.
        var lossPeriod = 0
        var flickers = false
    }

    /// 2026-11-23T18:00:00Z.
    static let start = UTCInstant(secondsSince1970: 1795456800)
    static let lampColumn = 20
    static let lampRow = 12

    let description: SourceDescription
    private let camera: Camera
    private struct State {
        var generator = SplitMix64(seed: 7)
        var index = 0
        var pulses: [LightPulse] = []
        var playing: [LightPulse] = []
    }
    private let state = Mutex(State())
    /// What the lamp adds to each pixel, and numbers of which each frame's noise is taken.
    private let lampADU: [Double]
    private let noise: [Double]

    init(_ camera: Camera) throws {
        self.camera = camera
        description = SourceDescription(
            name: "lamp", format: try #require(FrameFormat(width: 32, height: 24, bitsPerSample: 8)),
            framesPerSecond: camera.framesPerSecond, exposureSeconds: camera.saidExposureSeconds,
            instrument: "Lamp's \"eye\" (test)")
        lampADU = (0..<32 * 24).map { pixel in
            let (row, column) = pixel.quotientAndRemainder(dividingBy: 32)
            let square =
                (column - Self.lampColumn) * (column - Self.lampColumn) + (row - Self.lampRow) * (row - Self.lampRow)
            return square < 30 ? camera.lampADU * (1 - Double(square) / 40) : 0
        }
        var generator = SplitMix64(seed: 3)
        noise = (0..<8191).map { _ in camera.noiseADU * Self.gauss(&generator) }
    }

    private func now(_ index: Int) -> UTCInstant {
        Self.start.advanced(bySeconds: Double(index) / camera.framesPerSecond)
    }

    func play(_ plan: PulsePlan) {
        state.withLock { state in
            let begin = now(state.index)
            state.playing = plan.stretches.map {
                LightPulse(
                    on: begin.advanced(bySeconds: $0.lowerBound), off: begin.advanced(bySeconds: $0.upperBound),
                    errorSeconds: 20e-6)
            }
            state.pulses += state.playing
        }
    }

    func stop() throws(PinError) -> [LightPulse] { state.withLock { $0.playing } }

    func nextFrame() throws(CameraError) -> Frame? {
        state.withLock { state in
            state.index += 1
            if camera.lossPeriod > 0, state.index % camera.lossPeriod == 0 { state.index += 1 }
            let index = state.index
            let middle = now(index)
            let lamp = LampTime(state.pulses, origin: Self.start)
            var share = lamp.share(middle: middle.seconds(since: Self.start), exposure: camera.exposureSeconds)
            if camera.flickers { share = Double.random(in: 0...1, using: &state.generator) }
            let buffer = PixelBuffer(byteCount: description.format.byteCount)
            let offset = Int.random(in: 0..<noise.count, using: &state.generator)
            buffer.withMutableBytes { bytes in
                for pixel in bytes.indices {
                    let value = 30 + share * lampADU[pixel] + noise[(offset + 7 * pixel) % noise.count]
                    bytes[pixel] = UInt8(max(0, min(255, value.rounded())))
                }
            }
            let stamp = middle.advanced(
                bySeconds: camera.latencySeconds + camera.jitterSeconds * Self.gauss(&state.generator))
            return Frame(
                format: description.format, index: index,
                time: FrameTime(middleOfExposure: stamp, uncertaintySeconds: nil, origin: .driverEndOfFrame),
                buffer: buffer)
        }
    }

    private static func gauss(_ generator: inout SplitMix64) -> Double {
        (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0..<1, using: &generator) }
    }
}
