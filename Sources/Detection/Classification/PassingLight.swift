// SPDX-License-Identifier: Apache-2.0

import Camera

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Looks for light that came to a place and went on from there, too faint to be noticed frame by frame: the steady
/// light of an aeroplane around a strobe, the path of a satellite around a glint.
///
/// Method: the frames before and after an event are filtered with the point spread, and the output is summed along
/// all straight lines through the event (track before detect). The sum of n frames is normal with unit variance
/// if nothing is there.
struct PassingLight {
    /// Sums of some 4000 independent lines: one in a thousand events exceeds this by chance.
    static let significant = 5.0

    /// Frames looked at on either side of the event.
    private static let frames = 6
    /// Farthest from the event that is looked at, in pixels.
    private static let reach = 48
    /// Fastest motion, in pixels a frame: what is faster leaves a trail instead of a point.
    private static let fastest = 8.0
    /// Velocities differ by this many pixels a frame.
    private static let step = 0.25
    /// One bright frame shall not make a line.
    private static let clip: Float = 4

    /// Filtered surroundings of the event in one frame.
    private struct Map {
        var time: Double
        var radius: Int
        var values: [Float]

        func value(_ offset: SIMD2<Double>) -> Float? {
            let x = Int(offset.x.rounded()) + radius
            let y = Int(offset.y.rounded()) + radius
            let side = 2 * radius + 1
            guard x >= 0, y >= 0, x < side, y < side else { return nil }
            return values[y * side + x]
        }
    }

    /// Signal to noise of the best line through an event; 0 if the history does not reach far enough to tell.
    ///
    /// - Parameters:
    ///   - place: of the event, in pixels of the scene.
    ///   - sigma: standard deviation of the point spread, in pixels.
    ///   - event: first and last frame of the event.
    static func significance(
        at place: SIMD2<Double>, sigma: Double, event: ClosedRange<Int>, history: FrameHistory,
        background: BackgroundModel
    ) -> Double {
        let middle = 0.5 * Double(event.lowerBound + event.upperBound)
        let longest = 0.5 * Double(event.count) + Double(frames)
        let greatest = min(fastest, Double(reach) / longest)
        // The ends of a line lie at least three widths from the event.
        let slowest = 3 * max(sigma, 1) / longest
        var before: [Map] = []
        var after: [Map] = []
        for frame in (event.lowerBound - frames)...(event.upperBound + frames) where !event.contains(frame) {
            guard let entry = history.entry(ofFrame: frame) else { continue }
            let time = Double(frame) - middle
            let radius = Int((greatest * abs(time)).rounded(.up)) + 1
            let values = filtered(around: place, radius: radius, sigma: sigma, entry: entry, background: background)
            let map = Map(time: time, radius: radius, values: values)
            if time < 0 { before.append(map) } else { after.append(map) }
        }
        let width = max(scatter(before, sigma: sigma), scatter(after, sigma: sigma))
        var best = 0.0
        for vy in stride(from: -greatest, through: greatest, by: step) {
            for vx in stride(from: -greatest, through: greatest, by: step) {
                let speed = (vx * vx + vy * vy).squareRoot()
                guard speed <= greatest, speed >= slowest else { continue }
                let first = sum(before, velocity: SIMD2(vx, vy))
                let second = sum(after, velocity: SIMD2(vx, vy))
                for (total, count) in [first, second, (first.sum + second.sum, first.count + second.count)]
                where count >= 3 { best = max(best, Double(total) / Double(count).squareRoot()) }
            }
        }
        return best / width
    }

    /// Width of the sums over frames at places that stand still, at least 1. Cloud and edges are there in all frames,
    /// so that their sums are wider than those of noise.
    private static func scatter(_ maps: [Map], sigma: Double) -> Double {
        let radius = min(maps.map(\.radius).min() ?? 0, reach)
        var square = 0.0
        var places = 0.0
        for y in -radius...radius {
            for x in -radius...radius where Double(x * x + y * y) > 9 * sigma * sigma {
                let offset = SIMD2(Double(x), Double(y))
                var total: Float = 0
                for map in maps { total += min(max(map.value(offset) ?? 0, -clip), clip) }
                square += Double(total * total) / Double(maps.count)
                places += 1
            }
        }
        // The filter's output is independent every 4π s² pixels; only what exceeds its own standard error counts.
        let independent = places / (4 * .pi * sigma * sigma)
        guard independent > 2 else { return 1 }
        return max(1, (square / places).squareRoot() * (1 - 1.2 / (2 * independent).squareRoot()))
    }

    private static func sum(_ maps: [Map], velocity: SIMD2<Double>) -> (sum: Float, count: Int) {
        var sum: Float = 0
        var count = 0
        for map in maps {
            guard let value = map.value(map.time * velocity) else { continue }
            sum += min(max(value, -clip), clip)
            count += 1
        }
        return (sum, count)
    }

    /// Scores around a place, filtered with a Gaussian of unit square sum; divided by their own width, or that which
    /// errors of registration give them on an edge, if it is more than 1.
    private static func filtered(
        around place: SIMD2<Double>, radius: Int, sigma: Double, entry: FrameHistory.Entry,
        background: BackgroundModel
    ) -> [Float] {
        let margin = Int((2.5 * sigma).rounded(.up))
        let raw = scores(around: place, radius: radius + margin, entry: entry, background: background)
        let rawSide = 2 * (radius + margin) + 1
        let side = 2 * radius + 1
        var weights = (-margin...margin).map { Float(exp(-0.5 * Double($0 * $0) / (sigma * sigma))) }
        let norm = weights.reduce(0) { $0 + $1 * $1 }.squareRoot()
        for index in weights.indices { weights[index] /= norm }
        var across = [Float](repeating: 0, count: rawSide * side)
        for y in 0..<rawSide {
            for x in 0..<side {
                var sum: Float = 0
                for tap in weights.indices { sum += weights[tap] * raw[y * rawSide + x + tap] }
                across[y * side + x] = sum
            }
        }
        var values = [Float](repeating: 0, count: side * side)
        for y in 0..<side {
            for x in 0..<side {
                var sum: Float = 0
                for tap in weights.indices { sum += weights[tap] * across[(y + tap) * side + x] }
                values[y * side + x] = sum
            }
        }
        let square = values.reduce(0) { $0 + min($1 * $1, clip * clip) } / Float(values.count)
        let width = max(1, square.squareRoot())
        let center = SIMD2(place.x.rounded(), place.y.rounded())
        for y in 0..<side {
            for x in 0..<side {
                let edge = background.edgeFactor(
                    at: center + SIMD2(Double(x - radius), Double(y - radius)), sigma: sigma)
                values[y * side + x] /= max(width, Float(edge))
            }
        }
        return values
    }

    /// Differences of a frame to the background in σ, limited to ±6; 0 for pixels that say nothing.
    private static func scores(
        around place: SIMD2<Double>, radius: Int, entry: FrameHistory.Entry, background: BackgroundModel
    ) -> [Float] {
        let side = 2 * radius + 1
        let left = Int(place.x.rounded()) - radius
        let top = Int(place.y.rounded()) - radius
        var values = [Float](repeating: 0, count: side * side)
        SceneDifference(entry: entry, background: background).forEach(left: left, top: top, side: side) {
            index, difference in
            let deviation = background.deviation[left + index % side, top + index / side]
            values[index] = min(max(difference / deviation, -6), 6)
        }
        return values
    }
}
