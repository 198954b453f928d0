// SPDX-License-Identifier: Apache-2.0

/// Turns light into the samples of a camera: pixel faults, shot and read noise, gain, offset, rounding, clipping.
///
/// Shot noise is drawn as a normal number of the same variance; below some ten electrons, where a Poisson number
/// would be skew, read noise covers the difference. Shot and read noise are drawn as one number with the sum of
/// their variances, so a pixel that is full shows no read noise.
struct SensorSimulator {
    /// Relative sensitivity of each pixel.
    private let response: [Float]
    /// Electrons of each pixel without light: hot pixels and fixed offsets.
    private let dark: [Float]
    private let flickering: [FlickeringPixel]
    private let sensor: SensorModel
    private let format: FrameFormat
    private let seed: UInt64
    private let normal = NormalNoise()
    private var noise: [Float]

    /// A pixel whose offset jumps between two levels.
    private struct FlickeringPixel: Sendable {
        let position: Int
        let electrons: Float
        /// Frames between two decisions to jump or stay.
        let dwellFrames: Int
    }

    init(_ sensor: SensorModel, format: FrameFormat, seed: UInt64) {
        self.sensor = sensor
        self.format = format
        self.seed = seed
        noise = [Float](repeating: 0, count: format.width)
        let normal = normal
        let count = format.pixelCount
        var random = Xoshiro256(seed: seed, stream: 2)
        var response = [Float](repeating: 1, count: count)
        var dark = [Float](repeating: 0, count: count)
        if sensor.responseNonUniformity > 0 {
            for index in 0..<count {
                response[index] = max(0, 1 + Float(sensor.responseNonUniformity) * normal.next(&random))
            }
        }
        if sensor.offsetNonUniformityElectrons > 0 {
            for index in 0..<count { dark[index] = Float(sensor.offsetNonUniformityElectrons) * normal.next(&random) }
        }
        for position in SensorSimulator.places(fraction: sensor.hotPixelFraction, count: count, &random) {
            dark[position] += Float(sensor.hotPixelMeanElectrons) * Float(random.exponential())
        }
        flickering = SensorSimulator.places(fraction: sensor.flickeringPixelFraction, count: count, &random).map {
            FlickeringPixel(
                position: $0,
                electrons: Float(random.uniform() < 0.5 ? -1 : 1) * Float(sensor.flickeringPixelElectrons),
                dwellFrames: 1 << Int(random.uniform(0, 7)))
        }
        self.response = response
        self.dark = dark
    }

    /// Variance of a pixel's electrons in a frame, from its light; nil if the pixel is saturated.
    func variance(light: Double, column: Int, row: Int) -> Double? {
        let position = row * format.width + column
        let mean = light * Double(response[position]) + Double(dark[position])
        let sample = sensor.offsetADU + mean / sensor.gainElectronsPerADU
        guard mean < sensor.fullWellElectrons, sample < Double(format.saturationLevel) else { return nil }
        let gain = sensor.gainElectronsPerADU
        return max(mean, 0) + sensor.readNoiseElectrons * sensor.readNoiseElectrons
            + sensor.rowNoiseElectrons * sensor.rowNoiseElectrons + gain * gain / 12
    }

    /// Relative sensitivity of a pixel.
    func response(column: Int, row: Int) -> Double { Double(response[row * format.width + column]) }

    /// Exposes the sensor to the light of a frame and writes the samples.
    mutating func expose(_ light: inout LightPlane, frame: Int, into bytes: UnsafeMutableRawBufferPointer) {
        precondition(light.values.count == format.pixelCount && bytes.count >= format.byteCount)
        var random = Xoshiro256(seed: seed, stream: 0x4E4F_0000_0000 + UInt64(frame))
        for pixel in flickering where isUp(pixel, frame: frame) { light.values[pixel.position] += pixel.electrons }
        let width = format.width
        let saturation = Float(format.saturationLevel)
        let scale = Float(1 / sensor.gainElectronsPerADU)
        let readVariance = Float(sensor.readNoiseElectrons * sensor.readNoiseElectrons)
        let fullWell = Float(sensor.fullWellElectrons)
        let rowNoise = Float(sensor.rowNoiseElectrons)
        let offset = Float(sensor.offsetADU)
        let isDeep = format.bytesPerSample == 2
        let normal = normal
        noise.withUnsafeMutableBufferPointer { noise in
            light.values.withUnsafeBufferPointer { light in
                response.withUnsafeBufferPointer { response in
                    dark.withUnsafeBufferPointer { dark in
                        for row in 0..<format.height {
                            normal.fill(noise, &random)
                            let rowOffset = offset + (rowNoise > 0 ? rowNoise * scale * normal.next(&random) : 0)
                            let start = row &* width
                            // Electrons first; the result takes the place of the noise.
                            for column in 0..<width {
                                let place = start &+ column
                                let mean = light[place] * response[place] + dark[place]
                                let variance = (mean > 0 ? mean : 0) + readVariance
                                let electrons = mean + noise[column] * variance.squareRoot()
                                let held = electrons < fullWell ? electrons : fullWell
                                let sample = held * scale + rowOffset
                                let positive = sample > 0 ? sample : 0
                                noise[column] = positive < saturation ? positive : saturation
                            }
                            if isDeep {
                                SensorSimulator.round(noise, to: bytes, start: start, as: UInt16.self)
                            } else {
                                SensorSimulator.round(noise, to: bytes, start: start, as: UInt8.self)
                            }
                        }
                    }
                }
            }
        }
    }

    /// Rounds samples, which are in range already. Adding 2²³ leaves the rounded number in the low bits of a
    /// `Float`, which the compiler turns into vector code; a checked conversion it does not.
    @inline(__always)
    private static func round<Sample: FixedWidthInteger>(
        _ samples: UnsafeMutableBufferPointer<Float>, to bytes: UnsafeMutableRawBufferPointer, start: Int,
        as: Sample.Type
    ) {
        guard let base = bytes.baseAddress else { return }
        let target = base.assumingMemoryBound(to: Sample.self) + start
        for column in 0..<samples.count {
            target[column] = Sample(truncatingIfNeeded: (samples[column] + 8_388_608).bitPattern)
        }
    }

    /// Whether a flickering pixel is at its other level: a random decision for each dwell.
    private func isUp(_ pixel: FlickeringPixel, frame: Int) -> Bool {
        let dwell = UInt64(frame / pixel.dwellFrames)
        return SplitMix64.mixed(SplitMix64.mixed(seed ^ UInt64(pixel.position)) ^ dwell) & 1 == 1
    }

    /// Random positions, each pixel with the same chance.
    private static func places(fraction: Double, count: Int, _ random: inout Xoshiro256) -> [Int] {
        guard fraction > 0 else { return [] }
        return (0..<count).filter { _ in random.uniform() < fraction }
    }
}
