// SPDX-License-Identifier: Apache-2.0

import UTC

/// Frames of white Gaussian noise over a still background, with flashes: the case for which the matched filter is
/// known to be the best there is, so that a detector can be held against the bound.
///
/// Unlike in a `SimulatedScene` nothing moves and every pixel has the same noise, which makes it many times faster.
/// Light of a flash adds no noise of its own. What leaves the samples' range is clipped.
public final class NoiseField: FrameSource {
    /// What the field is made from.
    public let configuration: NoiseFieldConfiguration
    /// The field as a source of frames.
    public let description: SourceDescription

    private let background: [Float]
    private let normal = NormalNoise()
    private var values: LightPlane
    private var pool: FramePool
    private var nextIndex = 0
    private let painted: [Int: [Painted]]

    /// The light of a flash in one frame.
    private struct Painted {
        let flash: Int
        let fluxADU: Double
    }

    /// Prepares background and flashes.
    ///
    /// - Throws: `impossibleScene` for a value out of its range.
    public init(_ configuration: NoiseFieldConfiguration) throws(CameraError) {
        try configuration.validate()
        let (width, height) = (configuration.width, configuration.height)
        guard let format = FrameFormat(width: width, height: height, bitsPerSample: configuration.bitsPerSample)
        else {
            throw CameraError(.impossibleScene, place: "noise field", message: "the frame format is impossible")
        }
        self.configuration = configuration
        description = SourceDescription(
            name: "noise field, seed \(configuration.seed)", format: format,
            framesPerSecond: configuration.framesPerSecond, frameCount: configuration.frameCount)
        background = (0..<width * height).map {
            Float(configuration.background.level(column: $0 % width, row: $0 / width, width: width))
        }
        values = LightPlane(width: width, height: height)
        pool = FramePool(format: format)
        var painted: [Int: [Painted]] = [:]
        for (index, flash) in configuration.flashes.enumerated() {
            for (offset, flux) in flash.flux(noiseADU: configuration.sampleNoiseADU).enumerated() where flux > 0 {
                painted[flash.firstFrame + offset, default: []].append(Painted(flash: index, fluxADU: flux))
            }
        }
        self.painted = painted
    }

    /// The next frame, or nil at the end of the field.
    public func nextFrame() throws(CameraError) -> Frame? {
        guard nextIndex < configuration.frameCount else { return nil }
        let index = nextIndex
        nextIndex += 1
        addNoise(frame: index)
        for part in painted[index] ?? [] {
            let flash = configuration.flashes[part.flash]
            values.addPoint(x: flash.x, y: flash.y, sigma: flash.sigmaPixels, electrons: part.fluxADU)
        }
        let buffer = pool.obtain()
        SampleRounding.write(values.values, to: buffer, format: description.format)
        return Frame(format: description.format, index: index, time: time(ofFrame: index), buffer: buffer)
    }

    private func addNoise(frame: Int) {
        var random = Xoshiro256(seed: configuration.seed, stream: 0x4E46_0000_0000 + UInt64(frame))
        let noise = Float(configuration.noiseADU)
        values.values.withUnsafeMutableBufferPointer { values in
            normal.fill(values, &random)
            background.withUnsafeBufferPointer { background in
                for place in 0..<values.count { values[place] = background[place] + noise * values[place] }
            }
        }
    }

    private func time(ofFrame index: Int) -> FrameTime {
        let seconds = (Double(index) + 0.5) / configuration.framesPerSecond
        return FrameTime(
            middleOfExposure: UTCInstant.defaultSceneStart.advanced(bySeconds: seconds), uncertaintySeconds: 0,
            origin: .simulated)
    }
}
