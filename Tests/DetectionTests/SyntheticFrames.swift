// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection

/// Small frames of Gaussian noise around a level, with spots, for tests; everything follows from the seed.
struct SyntheticFrames {
    let format: FrameFormat
    var level = 40.0
    var noise = 3.0
    private var state: UInt64
    private var index = 0

    init(width: Int, height: Int, bitsPerSample: Int = 8, seed: UInt64 = 1) throws {
        guard let format = FrameFormat(width: width, height: height, bitsPerSample: bitsPerSample) else {
            throw ImpossibleFormat()
        }
        self.format = format
        state = seed
    }

    struct ImpossibleFormat: Error {}

    /// A Gaussian spot: place, flux in units of the level, standard deviation in pixels.
    struct Spot {
        var x: Double
        var y: Double
        var flux: Double
        var sigma: Double
    }

    mutating func next(spots: [Spot] = [], offset: Double = 0) -> Frame {
        let level = level
        let noise = noise
        return frame { x, y, random in
            var value = level + offset + noise * random.normal()
            for spot in spots {
                let dx = Double(x) - spot.x
                let dy = Double(y) - spot.y
                let square = dx * dx + dy * dy
                guard square < 36 * spot.sigma * spot.sigma else { continue }
                value +=
                    spot.flux / (2 * .pi * spot.sigma * spot.sigma)
                    * SyntheticFrames.gaussian(square / (2 * spot.sigma * spot.sigma))
            }
            return value
        }
    }

    /// A frame whose samples a closure decides.
    mutating func frame(_ sample: (Int, Int, inout Random) -> Double) -> Frame {
        let buffer = PixelBuffer(byteCount: format.byteCount)
        var random = Random(state: state)
        let white = Double(format.saturationLevel)
        buffer.withMutableBytes { bytes in
            for y in 0..<format.height {
                for x in 0..<format.width {
                    let value = min(max(sample(x, y, &random).rounded(), 0), white)
                    let position = y * format.width + x
                    if format.bytesPerSample == 1 {
                        bytes[position] = UInt8(value)
                    } else {
                        bytes.storeBytes(of: UInt16(value), toByteOffset: 2 * position, as: UInt16.self)
                    }
                }
            }
        }
        state = random.state
        defer { index += 1 }
        return Frame(format: format, index: index, time: nil, buffer: buffer)
    }

    /// exp(-x) by its continued squaring, enough for tests.
    private static func gaussian(_ x: Double) -> Double {
        var value = 1 - x / 4096
        for _ in 0..<12 { value *= value }
        return max(value, 0)
    }

    struct Random {
        var state: UInt64

        mutating func uniform() -> Double {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
        }

        /// The sum of twelve uniform numbers, which is normal to well beyond three standard deviations.
        mutating func normal() -> Double {
            var sum = -6.0
            for _ in 0..<12 { sum += uniform() }
            return sum
        }
    }
}
