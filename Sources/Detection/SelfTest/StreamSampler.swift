// SPDX-License-Identifier: Apache-2.0

import Camera

/// Measures the `StreamQuality` on a sparse grid: 256 places of three neighbouring pixels a frame, without allocating.
///
/// Clouds, twilight and glow change neighbours alike; the differences between neighbours do not know of them. So the
/// noise is looked at in these differences: h₁ of the first two pixels of a place, h₂ of the first and the third,
/// both after the background was taken off and in units of its deviation. What stays the same at a place of the sensor
/// (fixed pattern) is subtracted as a running mean. Then
///
/// - temporal correlation = ⟨h₁(t) h₁(t-1)⟩ / ⟨h₁²⟩,
/// - neighbour correlation = 1 - ⟨h₁²⟩ / ⟨h₂²⟩, as ⟨h₂²⟩ = 2 σ² (1 - r₂) with r₂ ≈ 0,
/// - blockiness = ⟨|h₁|⟩ across edges of blocks / ⟨|h₁|⟩ inside - 1.
///
/// A place on a slope of a wandering scene says nothing and is left out.
struct StreamSampler {
    /// The figures so far.
    private(set) var quality = StreamQuality()

    private struct Place {
        var column: Int32
        var row: Int32
        /// True if the edge of a block lies between the first and the second pixel.
        var isAcross: Bool
        /// Values of the frame before.
        var values = SIMD4<UInt16>.zero
        /// h₁ of the frame before; not finite if it says nothing.
        var lastDifference = Float.nan
        /// Running mean of h₁.
        var pattern: Float = 0
        var patternCount: Float = 0
    }

    private var places: [Place] = []
    private var lastIndex = Int.min
    private var products = 0.0
    private var squares = 0.0
    private var secondSquares = 0.0
    private var across = 0.0
    private var inside = 0.0

    private static let placeCount = 256
    /// Frames that the averages go back to.
    private static let memory = 256.0
    /// Differences count up to this many standard deviations, so that stars and flashes hardly matter.
    private static let limit: Float = 6
    private static let patternRate: Float = 1 / 64

    init(format: FrameFormat) {
        let rows = min(16, format.height)
        let perRow = StreamSampler.placeCount / rows
        for j in 0..<rows {
            let row = (2 * j + 1) * format.height / (2 * rows)
            for k in 0..<perRow {
                let isAcross = k % 2 == 0
                let block = k * format.width / perRow / 8 * 8
                var column = block + (isAcross ? 7 : (5 * k + j) % 7)
                while column + 2 >= format.width { column -= 8 }
                guard column >= 0 else { continue }
                places.append(Place(column: Int32(column), row: Int32(row), isAcross: isAcross))
            }
        }
    }

    /// Takes a frame into account.
    ///
    /// - Parameters:
    ///   - background: what the scene usually shows.
    ///   - alignment: how the frame lies against it; nil if the frame was not compared with it.
    mutating func observe(_ frame: Frame, background: BackgroundModel, alignment: SceneAlignment?) {
        let isNext = frame.index == lastIndex + 1
        lastIndex = frame.index
        let repeated = takeValues(of: frame)
        quality.framesSeen += 1
        let rate = max(1 / StreamSampler.memory, 1 / Double(quality.framesSeen))
        let isRepeated = isNext && repeated > 0.995
        if isNext { quality.repeatedFrames += rate * ((isRepeated ? 1 : 0) - quality.repeatedFrames) }
        // A repeated frame says nothing of the noise: it would count as perfectly correlated.
        guard !isRepeated else { return quality.decide() }
        if isNext { quality.repeatedPixels += rate * (repeated - quality.repeatedPixels) }
        if let alignment {
            takeDifferences(of: frame, background: background, alignment: alignment, isNext: isNext)
        } else {
            for index in places.indices { places[index].lastDifference = .nan }
        }
        quality.decide()
    }

    /// Keeps the values of the frame; returns the share that repeats those before.
    private mutating func takeValues(of frame: Frame) -> Double {
        let white = frame.format.saturationLevel
        var (same, black, saturated) = (0, 0, 0)
        for index in places.indices {
            let column = Int(places[index].column)
            let row = Int(places[index].row)
            var values = SIMD4<UInt16>.zero
            for offset in 0..<3 {
                let value = frame[column + offset, row]
                if value == 0 { black += 1 }
                if value >= white { saturated += 1 }
                values[offset] = UInt16(value)
                if values[offset] == places[index].values[offset] { same += 1 }
            }
            places[index].values = values
        }
        let count = Double(max(3 * places.count, 1))
        quality.blackFraction = Double(black) / count
        quality.saturatedFraction = Double(saturated) / count
        return Double(same) / count
    }

    private mutating func takeDifferences(
        of frame: Frame, background: BackgroundModel, alignment: SceneAlignment, isNext: Bool
    ) {
        var sums = (product: 0.0, square: 0.0, second: 0.0, across: 0.0, inside: 0.0)
        var counts = (product: 0, square: 0, across: 0, inside: 0)
        for index in places.indices {
            let last = isNext ? places[index].lastDifference : .nan
            guard let (first, second) = differences(at: places[index], background, alignment) else {
                places[index].lastDifference = .nan
                continue
            }
            // The running mean begins as a plain one.
            let difference = first - places[index].pattern
            places[index].patternCount += 1
            places[index].pattern +=
                max(StreamSampler.patternRate, 1 / places[index].patternCount) * (first - places[index].pattern)
            places[index].lastDifference = places[index].patternCount > 8 ? difference : .nan
            guard places[index].patternCount > 8 else { continue }
            sums.square += Double(difference * difference)
            sums.second += Double(second * second)
            counts.square += 1
            if places[index].isAcross {
                sums.across += Double(abs(difference))
                counts.across += 1
            } else {
                sums.inside += Double(abs(difference))
                counts.inside += 1
            }
            if last.isFinite {
                sums.product += Double(difference * last)
                counts.product += 1
            }
        }
        guard counts.square > 0, counts.product > 0, counts.across > 0, counts.inside > 0 else { return }
        quality.framesMeasured += 1
        let rate = max(1 / StreamSampler.memory, 1 / Double(quality.framesMeasured))
        func follow(_ average: inout Double, _ sum: Double, _ count: Int) {
            average += rate * (sum / Double(count) - average)
        }
        follow(&products, sums.product, counts.product)
        follow(&squares, sums.square, counts.square)
        follow(&secondSquares, sums.second, counts.square)
        follow(&across, sums.across, counts.across)
        follow(&inside, sums.inside, counts.inside)
        quality.temporalCorrelation = squares > 0 ? min(max(products / squares, -1), 1) : 0
        quality.neighbourCorrelation = secondSquares > 0 ? max(1 - squares / secondSquares, -1) : 0
        quality.blockiness = inside > 0 ? across / inside - 1 : 0
    }

    /// h₁ and h₂ of a place; nil if it says nothing.
    private func differences(
        at place: Place, _ background: BackgroundModel, _ alignment: SceneAlignment
    ) -> (first: Float, second: Float)? {
        let (columns, rows) = alignment.whole
        let format = background.format
        let x = Int(place.column) - columns
        let y = Int(place.row) - rows
        guard x >= 0, x + 2 < format.width, (0..<format.height).contains(y) else { return nil }
        let wanders = alignment.displacement != .zero
        let white = UInt16(format.saturationLevel)
        let mean0 = background.mean[x, y]
        var scores = SIMD4<Float>.zero
        for offset in 0..<3 {
            let mean = background.mean[x + offset, y]
            let deviation = background.deviation[x + offset, y]
            let value = place.values[offset]
            guard background.mask[Int(place.column) + offset, Int(place.row)] == 0, value < white, deviation > 0,
                !wanders || abs(mean - mean0) < 0.5 * deviation
            else { return nil }
            let expected = Float(alignment.gain) * mean + Float(alignment.level)
            scores[offset] = (Float(value) - expected) / deviation
        }
        let limit = StreamSampler.limit
        return (
            min(max(scores[1] - scores[0], -limit), limit), min(max(scores[2] - scores[0], -limit), limit)
        )
    }
}
