// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Standard normal numbers by the ziggurat method, with exact tails.
///
/// False alarms are counted at six standard deviations, so sums of uniforms or tables of noise will not do.
///
/// - Reference: G. Marsaglia and W. W. Tsang, "The ziggurat method for generating random variables", Journal of
///   Statistical Software 5 (2000) 8, with 256 layers. Layer and abscissa use different bits of the random word
///   (J. A. Doornik, "An improved ziggurat method to generate normal random samples", 2005).
struct NormalNoise: Sendable {
    private static let layerCount = 256
    private static let tailStart = 3.654_152_885_361_008_8
    private static let layerArea = 0.004_928_673_233_99
    /// Abscissae are drawn as signed whole numbers below this one.
    private static let scale = 8_388_608.0

    /// An abscissa below this bound lies under the curve for certain.
    private let bounds: [Int32]
    /// Width of the layer divided by `scale`.
    private let widths: [Float]
    /// Height of the curve at the layer's edge.
    private let heights: [Float]

    init() {
        var bounds = [Int32](repeating: 0, count: NormalNoise.layerCount)
        var widths = [Float](repeating: 0, count: NormalNoise.layerCount)
        var heights = [Float](repeating: 0, count: NormalNoise.layerCount)
        let last = NormalNoise.layerCount - 1
        let scale = NormalNoise.scale
        var edge = NormalNoise.tailStart
        let base = NormalNoise.layerArea / exp(-0.5 * edge * edge)
        bounds[0] = Int32(edge / base * scale)
        widths[0] = Float(base / scale)
        heights[0] = 1
        widths[last] = Float(edge / scale)
        heights[last] = Float(exp(-0.5 * edge * edge))
        for layer in stride(from: last - 1, through: 1, by: -1) {
            let inner = sqrt(-2 * log(NormalNoise.layerArea / edge + exp(-0.5 * edge * edge)))
            bounds[layer + 1] = Int32(inner / edge * scale)
            widths[layer] = Float(inner / scale)
            heights[layer] = Float(exp(-0.5 * inner * inner))
            edge = inner
        }
        self.bounds = bounds
        self.widths = widths
        self.heights = heights
    }

    /// One standard normal number.
    func next(_ generator: inout Xoshiro256) -> Float {
        sample(word: UInt32(truncatingIfNeeded: generator.next() >> 32), &generator)
    }

    /// Fills `numbers` with independent standard normal numbers.
    func fill(_ numbers: UnsafeMutableBufferPointer<Float>, _ generator: inout Xoshiro256) {
        // The rare numbers that need more words take them from a generator of their own: the common one can then
        // stay in registers.
        var random = generator
        var rare = Xoshiro256(seed: random.next(), stream: 3)
        bounds.withUnsafeBufferPointer { bounds in
            widths.withUnsafeBufferPointer { widths in
                var index = 0
                let count = numbers.count
                while index < count {
                    // One random word of 64 bits serves two numbers; 98.8 % of them end here.
                    let pair = random.next()
                    let first = UInt32(truncatingIfNeeded: pair)
                    let firstAbscissa = Int32(bitPattern: first) >> 8
                    let firstLayer = Int(first & 0xFF)
                    numbers[index] =
                        (firstAbscissa < 0 ? 0 &- firstAbscissa : firstAbscissa) < bounds[firstLayer]
                        ? Float(firstAbscissa) * widths[firstLayer] : sample(word: first, &rare)
                    index &+= 1
                    if index == count { break }
                    let second = UInt32(truncatingIfNeeded: pair >> 32)
                    let secondAbscissa = Int32(bitPattern: second) >> 8
                    let secondLayer = Int(second & 0xFF)
                    numbers[index] =
                        (secondAbscissa < 0 ? 0 &- secondAbscissa : secondAbscissa) < bounds[secondLayer]
                        ? Float(secondAbscissa) * widths[secondLayer] : sample(word: second, &rare)
                    index &+= 1
                }
            }
        }
        generator = random
    }

    /// The number that a random word stands for; draws further words where the first does not decide.
    @inline(never)
    private func sample(word firstWord: UInt32, _ generator: inout Xoshiro256) -> Float {
        var word = firstWord
        while true {
            let abscissa = Int32(bitPattern: word) >> 8
            let layer = Int(word & 0xFF)
            let value = Float(abscissa) * widths[layer]
            if abs(abscissa) < bounds[layer] { return value }
            if layer == 0 { return abscissa < 0 ? -tail(&generator) : tail(&generator) }
            let height = heights[layer] + Float(generator.uniform()) * (heights[layer - 1] - heights[layer])
            if height < exp(-0.5 * value * value) { return value }
            word = UInt32(truncatingIfNeeded: generator.next() >> 32)
        }
    }

    /// A number beyond the last layer (G. Marsaglia, Technometrics 6 (1964) 101).
    private func tail(_ generator: inout Xoshiro256) -> Float {
        while true {
            let beyond = -log(1 - generator.uniform()) / NormalNoise.tailStart
            let height = -log(1 - generator.uniform())
            if 2 * height >= beyond * beyond { return Float(NormalNoise.tailStart + beyond) }
        }
    }
}
