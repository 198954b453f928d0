// SPDX-License-Identifier: Apache-2.0

import CDetectionKernels
import Testing

@testable import Detection

/// Every instruction set of this machine against the arithmetic written out number by number.
@Suite struct PixelKernelTests {
    private var random = SyntheticFrames.Random(state: 7)
    private static let widths = [1, 16, 31, 32, 33, 100, 256]

    private mutating func numbers(_ count: Int, _ range: ClosedRange<Int>) -> [Int] {
        (0..<count).map { _ in range.lowerBound + Int(random.uniform() * Double(range.count)) }
    }

    /// (a × b + 2¹⁴) / 2¹⁵, rounded down.
    private func multiplied(_ a: Int, _ b: Int) -> Int { (a * b + 0x4000) >> 15 }

    private func clamped(_ value: Int, _ limit: Int) -> Int { min(max(value, -limit), limit) }

    @Test(arguments: PixelKernels.available.indices)
    mutating func `Scores of 8-bit samples are those of plain arithmetic`(_ set: Int) {
        let kernels = PixelKernels.available[set]
        for width in PixelKernelTests.widths {
            let size = PixelKernels.padded(width)
            let samples = numbers(size, 0...255).map { UInt8($0) }
            let mean = numbers(size, 0...16_320).map { Int16($0) }
            let weight = numbers(size, 0...255).map { UInt8($0) }
            let ring = RowRing(width: width, rows: 0..<1)
            let row = ring[0]
            kernels.functions.compare_compact(samples, mean, weight, -37, row.base, width)
            for x in 0..<width {
                let difference = Int(samples[x]) * 64 - (Int(mean[x]) - 37)
                let expected = clamped(multiplied(clamped(2 * difference, 32_767), Int(weight[x]) * 128), 8191)
                #expect(Int(row[x]) == expected, "\(kernels), column \(x) of \(width)")
            }
        }
    }

    @Test(arguments: PixelKernels.available.indices)
    mutating func `A compact mean follows as plain arithmetic does`(_ set: Int) {
        let kernels = PixelKernels.available[set]
        let samples = numbers(96, 0...255).map { UInt8($0) }
        let dither = numbers(96, -8...8).map { Int16($0) }
        let start = numbers(96, 0...16_320).map { Int16($0) }
        var mean = start
        kernels.functions.follow_compact(samples, &mean, 12, 400, 2048, dither, 96)
        for x in 0..<96 {
            let clipped = clamped(Int(samples[x]) * 64 - Int(start[x]) - 12, 400)
            #expect(Int(mean[x]) == Int(start[x]) + multiplied(clipped + Int(dither[x]), 2048))
        }
    }

    @Test(arguments: PixelKernels.available.indices)
    mutating func `Deviation and weight of 8-bit samples are learnt as plain arithmetic does`(_ set: Int) {
        let kernels = PixelKernels.available[set]
        for width in PixelKernelTests.widths {
            let size = PixelKernels.padded(width)
            let samples = numbers(size, 0...255).map { UInt8($0) }
            let mean = numbers(size, 0...16_320).map { Int16($0) }
            let mask = numbers(size, 0...3).map { UInt8($0 / 3) }
            let before = numbers(size, 1...40).map { Float($0) / 2 }
            var deviation = before
            var weight = [UInt8](repeating: 1, count: size)
            kernels.functions.learn_compact(
                samples, mean, 0.5, mask, 15_000, 0.125, 4, 0.75, &deviation, &weight, 0, width)
            for x in 0..<width {
                let size = min(abs(Float(samples[x]) - Float(mean[x]) / 64 - 0.5), 4 * before[x])
                let expected = max(before[x] + 0.125 * (1.253_314_1 * size - before[x]), 0.75)
                #expect(abs(deviation[x] - expected) < 1e-5 * expected, "\(kernels), column \(x) of \(width)")
                let says = mask[x] == 0 && mean[x] < 15_000
                #expect(weight[x] == (says ? UInt8(min(128 / deviation[x] + 0.5, 255)) : 0))
            }
        }
    }

    @Test(arguments: PixelKernels.available.indices)
    mutating func `A binomial pass is the sum of nine weighted neighbours`(_ set: Int) {
        let kernels = PixelKernels.available[set]
        for (width, shift) in [(5, Int32(2)), (32, 2), (77, 0), (64, 0)] {
            let ring = RowRing(width: width, rows: 0..<3)
            let rows = (0..<3).map { ring[$0] }
            let limit = shift == 0 ? 500 : 8000
            for row in rows {
                for (x, value) in numbers(width, -limit...limit).enumerated() { row.base[x] = Int16(value) }
            }
            let others = RowRing(width: width, rows: 0..<2)
            let result = others[1]
            let greatest = kernels.functions.smooth(
                rows[0].base, rows[1].base, rows[2].base, others[0].base, result.base, shift, width)
            func down(_ x: Int) -> Int {
                guard (0..<width).contains(x) else { return 0 }
                let sum = Int(rows[0][x]) + 2 * Int(rows[1][x]) + Int(rows[2][x])
                return shift == 0 ? sum : (sum + 1) >> 2
            }
            for x in 0..<width {
                let sum = down(x - 1) + 2 * down(x) + down(x + 1)
                #expect(Int(result[x]) == (shift == 0 ? sum : (sum + 2) >> 2), "\(kernels), column \(x) of \(width)")
            }
            #expect(Int(greatest) >= (0..<width).map { Int(result[$0]) }.max() ?? 0)
        }
    }

    @Test(arguments: PixelKernels.available.indices)
    mutating func `Blocks of the temporal bank are added and replaced`(_ set: Int) {
        let kernels = PixelKernels.available[set]
        let present = numbers(64, -400...400).map { Int16($0) }
        let before = numbers(64, -127...127).map { Int8($0) }
        var block = before
        var sum = [Int16](repeating: 0, count: 64)
        let greatest = kernels.functions.add_block(present, &block, &sum, 1, 1, 64)
        for x in 0..<64 {
            let value = clamped((Int(present[x]) + 1) >> 1, 127)
            #expect(Int(block[x]) == value)
            #expect(Int(sum[x]) == value + Int(before[x]))
        }
        #expect(greatest == sum.max())
    }

    @Test(arguments: PixelKernels.available.indices)
    mutating func `Exactly the columns from the threshold on are found`(_ set: Int) {
        let kernels = PixelKernels.available[set]
        for width in PixelKernelTests.widths {
            let values = numbers(PixelKernels.padded(width), -100...100).map { Int16($0) }
            var positions = [Int32](repeating: 0, count: width)
            let found = kernels.functions.find(values, 90, &positions, width, width)
            #expect(positions.prefix(found).map(Int.init) == (0..<width).filter { values[$0] >= 90 })
        }
    }

    @Test(arguments: PixelKernels.available.indices)
    mutating func `Scores of deep samples are rounded differences`(_ set: Int) {
        let kernels = PixelKernels.available[set]
        let samples = numbers(77, 0...65_535).map { Float($0) }
        let prediction = numbers(77, 0...65_535).map { Float($0) + 0.3 }
        let inverse = numbers(77, 1...100).map { 1 / Float($0) }
        var scores = [Int16](repeating: 0, count: 77)
        kernels.functions.compare_floating(samples, prediction, inverse, 60_000, &scores, 77)
        for x in 0..<77 {
            let exact = prediction[x] < 60_000 ? (samples[x] - prediction[x]) * inverse[x] * 64 : 0
            let limited = min(max(exact, -8191), 8191)
            #expect(abs(Float(scores[x]) - limited) <= 0.51)
        }
    }

    @Test func `The noise of a binomial kernel is that of its weights`() {
        for passes in 1...8 {
            var weights = [1.0]
            for _ in 0..<(2 * passes) {
                weights = (0...weights.count).map { index in
                    ((index < weights.count ? weights[index] : 0) + (index > 0 ? weights[index - 1] : 0)) / 2
                }
            }
            let square = weights.reduce(0) { $0 + $1 * $1 }
            #expect(abs(BinomialKernel(passes: passes).noiseGain - square) < 1e-12)
        }
    }
}
