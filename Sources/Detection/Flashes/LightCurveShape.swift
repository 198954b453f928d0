// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A possible course of the light of a flash, frame by frame, from the first frame that shows it.
struct LightCurveShape {
    /// What the numbers of a shape mean.
    enum Kind: Hashable {
        /// The same light in a number of whole frames.
        case box(frames: Int)
        /// Full light at once, then an exponential decay: an impact on the Moon. The time constant is in frames,
        /// `onset` the part of the first frame that has passed when the light begins.
        case decay(frames: Double, onset: Double)
        /// A rise and a fall within a number of frames, with the maximum at a fraction of it: a fireball on Jupiter.
        case skew(frames: Int, peakFraction: Double)
    }

    let kind: Kind
    /// Light of each frame; the sum of the squares is 1, so that scores times light have unit variance.
    let light: [Double]
    /// Sum of the light.
    let sum: Double
    /// Time of the brightest moment in frames, counted from the middle of the first frame.
    let peakTime: Double

    init(_ kind: Kind) {
        self.kind = kind
        let raw: [Double]
        switch kind {
        case .box(let frames):
            raw = [Double](repeating: 1, count: max(frames, 1))
            peakTime = Double(max(frames, 1) - 1) / 2
        case .decay(let frames, let onset):
            // Five time constants hold all but 0.7 % of the light.
            let count = Int((5 * frames + onset).rounded(.up))
            func shone(until time: Double) -> Double { time > 0 ? 1 - exp(-time / frames) : 0 }
            raw = (0..<max(count, 1)).map {
                shone(until: Double($0 + 1) - onset) - shone(until: Double($0) - onset)
            }
            peakTime = onset - 0.5
        case .skew(let frames, let peakFraction):
            raw = LightCurveShape.skew(frames: max(frames, 2), peakFraction: peakFraction)
            peakTime = Double(max(frames, 2)) * peakFraction - 0.5
        }
        let norm = raw.reduce(0) { $0 + $1 * $1 }.squareRoot()
        light = raw.map { $0 / norm }
        sum = light.reduce(0, +)
    }

    /// Position of the brightest frame.
    var peak: Int { light.indices.max { light[$0] < light[$1] } ?? 0 }

    /// Positions of the frames that show the flash: all but 1 % of the light before and 2 % after them.
    var visible: ClosedRange<Int> {
        if case .box = kind { return 0...(light.count - 1) }
        var passed = 0.0
        var first: Int?
        for position in light.indices {
            passed += light[position] / sum
            if first == nil, passed > 0.01 { first = position }
            if passed >= 0.98 { return (first ?? position)...position }
        }
        return (first ?? 0)...(light.count - 1)
    }

    /// A beta curve `u^a (1-u)^b` with a + b = 3, whose maximum lies at a / (a + b), sampled four times a frame.
    private static func skew(frames: Int, peakFraction: Double) -> [Double] {
        let rise = 3 * min(max(peakFraction, 0.05), 0.95)
        let steps = 4
        return (0..<frames).map { frame in
            (0..<steps).reduce(0.0) { sum, step in
                let u = (Double(frame * steps + step) + 0.5) / Double(frames * steps)
                return sum + pow(u, rise) * pow(1 - u, 3 - rise)
            }
        }
    }
}
