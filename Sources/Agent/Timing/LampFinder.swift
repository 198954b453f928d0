// SPDX-License-Identifier: Apache-2.0

import Camera

/// Finds the pixels that show the timing light, from frames with and without it.
struct LampFinder {
    /// Where the light is, and how it is read.
    struct Spot: Sendable, Hashable {
        /// Positions of its pixels in the frame, row after row.
        var pixels: [Int]
        /// Mean row of the light, weighted by brightness.
        var row: Double
        /// What the light adds to a pixel in the mean, in ADU.
        var contrastADU: Double
    }

    private let format: FrameFormat
    private var lit: [UInt64]
    /// Two sums of dark frames in turn: their difference shows the noise.
    private var dark: [[UInt64]]
    private var litCount = 0
    private var darkCounts = [0, 0]

    /// Frames of each kind that are needed at the least.
    static let leastFrames = 4
    /// Pixels must show the light so many standard deviations above the noise: one in a million of 10⁷ does by chance.
    private static let significance = 7.0
    /// Pixels that have less of the light than this share of the brightest add more noise than light.
    private static let leastShare = 0.3
    /// Pixels so many rows and columns around the brightest are taken: with a rolling shutter those farther away see the
    /// light at another time.
    private static let reach = 16
    /// From this share of the greatest value on a pixel no longer shows how much light there is.
    private static let saturationShare = 0.95

    init(format: FrameFormat) {
        self.format = format
        lit = [UInt64](repeating: 0, count: format.pixelCount)
        dark = [lit, lit]
    }

    /// Takes a frame of which is known whether the light was on all the time.
    mutating func add(_ frame: Frame, isLit: Bool) {
        if isLit {
            litCount += 1
            frame.addSamples(to: &lit)
        } else {
            let half = darkCounts[0] <= darkCounts[1] ? 0 : 1
            darkCounts[half] += 1
            frame.addSamples(to: &dark[half])
        }
    }

    /// The light's pixels.
    ///
    /// - Throws: `TimingError`: `.lampNotSeen`, `.lampTooBright`.
    func spot() throws(TimingError) -> Spot {
        guard litCount >= Self.leastFrames, darkCounts[1] * 2 >= Self.leastFrames else {
            throw .lampNotSeen("too few frames came to look for it")
        }
        let darkCount = Double(darkCounts[0] + darkCounts[1])
        var scatter: [Float] = []
        var differences: [Double] = []
        scatter.reserveCapacity(format.pixelCount)
        differences.reserveCapacity(format.pixelCount)
        for pixel in 0..<format.pixelCount {
            let first = Double(dark[0][pixel]) / Double(darkCounts[0])
            let second = Double(dark[1][pixel]) / Double(darkCounts[1])
            scatter.append(Float(abs(first - second)))
            let level = Double(dark[0][pixel] + dark[1][pixel]) / darkCount
            differences.append(Double(lit[pixel]) / Double(litCount) - level)
        }
        scatter.sort()
        // The halves scatter by σ (1/m + 1/m')½ about each other, lit and dark means by σ (1/n + 1/N)½; the median of
        // absolute deviations is 0.6745 standard deviations.
        let pixelNoise =
            Double(scatter[scatter.count / 2]) / 0.6745
            / (1 / Double(darkCounts[0]) + 1 / Double(darkCounts[1])).squareRoot()
        let noise = max(pixelNoise, 0.3) * (1 / Double(litCount) + 1 / darkCount).squareRoot()
        return try spot(differences, least: Self.significance * noise)
    }

    private func spot(_ differences: [Double], least: Double) throws(TimingError) -> Spot {
        let ceiling = Self.saturationShare * Double(format.saturationLevel) * Double(litCount)
        var brightest: Int?
        var saturatedCount = 0
        for pixel in differences.indices where differences[pixel] >= least {
            guard Double(lit[pixel]) < ceiling else {
                saturatedCount += 1
                continue
            }
            if differences[pixel] > brightest.map({ differences[$0] }) ?? 0 { brightest = pixel }
        }
        guard let brightest else {
            if saturatedCount > 0 { throw .lampTooBright }
            throw .lampNotSeen("no pixel becomes brighter when it is on")
        }
        let (row, column) = brightest.quotientAndRemainder(dividingBy: format.width)
        var spot = Spot(pixels: [], row: 0, contrastADU: 0)
        var sum = 0.0
        for y in max(0, row - Self.reach)...min(format.height - 1, row + Self.reach) {
            for x in max(0, column - Self.reach)...min(format.width - 1, column + Self.reach) {
                let pixel = y * format.width + x
                let difference = differences[pixel]
                guard difference >= max(least, Self.leastShare * differences[brightest]),
                    Double(lit[pixel]) < ceiling
                else { continue }
                spot.pixels.append(pixel)
                spot.row += Double(y) * difference
                sum += difference
            }
        }
        spot.row /= sum
        spot.contrastADU = sum / Double(spot.pixels.count)
        return spot
    }
}

extension Frame {
    /// Adds every sample to a sum of its own.
    fileprivate func addSamples(to sums: inout [UInt64]) {
        withBytes { bytes in
            if format.bytesPerSample == 1 {
                for index in sums.indices { sums[index] += UInt64(bytes[index]) }
            } else {
                let samples = bytes.assumingMemoryBound(to: UInt16.self)
                for index in sums.indices { sums[index] += UInt64(samples[index]) }
            }
        }
    }

    /// Sum of the samples at some positions, in ADU.
    func sum(at pixels: [Int]) -> Double {
        withBytes { bytes in
            if format.bytesPerSample == 1 { return Double(pixels.reduce(0) { $0 + Int(bytes[$1]) }) }
            let samples = bytes.assumingMemoryBound(to: UInt16.self)
            return Double(pixels.reduce(0) { $0 + Int(samples[$1]) })
        }
    }
}
