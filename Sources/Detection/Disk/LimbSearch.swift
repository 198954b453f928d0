// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Finds the circle that most edges lie on and face: the rough place of the disk.
///
/// Method: random sample consensus (Fischler & Bolles 1981). Three edges make a circle; it counts only if all three are
/// brighter inside. The best has the most such edges near it and few edges beyond it: outside of a limb is dark sky,
/// while a terminator has the limb outside.
struct LimbSearch {
    /// A circle in pixels.
    struct Circle {
        var centre: SIMD2<Double>
        var radius: Double
    }

    let points: [LimbEdges.Point]
    /// Radii that are possible, in pixels.
    let radii: ClosedRange<Double>
    /// Relative distance from the circle that an edge of the limb may have: of a circle's noise, or of an ellipse.
    let tolerance: Double

    /// Samples of three at the least and at the most. With one edge in ten on the limb, forty of the most are right.
    private static let samples = 200...40_000
    /// Accepted probability that no sample was right.
    private static let missed = 1e-6
    /// Edges by which a circle is judged.
    private static let jury = 1200
    /// Cosine of the angle by which the brighter side may miss the centre: 25°, where texture bends the limb's slope.
    private static let facing = 0.9

    /// The best circle; nil if none has a fiftieth of the edges.
    func best() -> Circle? {
        guard points.count >= 24 else { return nil }
        let step = max(1, points.count / LimbSearch.jury)
        let jury = points.indices.filter { $0 % step == 0 }.map { points[$0] }
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        func pick() -> LimbEdges.Point {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return points[Int((state >> 33) % UInt64(points.count))]
        }
        var best: (circle: Circle, score: Double)?
        var wanted = LimbSearch.samples.upperBound
        var taken = 0
        while taken < wanted {
            taken += 1
            let (a, b, c) = (pick(), pick(), pick())
            guard let circle = LimbSearch.circle(a.place, b.place, c.place), radii.contains(circle.radius),
                LimbSearch.faces(a, circle), LimbSearch.faces(b, circle), LimbSearch.faces(c, circle)
            else { continue }
            let score = score(circle, jury)
            guard score > (best?.score ?? 0) else { continue }
            best = (circle, score)
            // The better the best, the fewer samples it takes to draw three right edges once.
            let share = score / Double(jury.count)
            let needed = log(LimbSearch.missed) / log(max(1e-12, 1 - share * share * share))
            wanted = min(max(LimbSearch.samples.lowerBound, Int(min(needed, 1e6))), LimbSearch.samples.upperBound)
        }
        guard let best, best.score > max(8, 0.02 * Double(jury.count)) else { return nil }
        return best.circle
    }

    private func score(_ circle: Circle, _ jury: [LimbEdges.Point]) -> Double {
        let reach = max(2, tolerance * circle.radius)
        var score = 0.0
        for point in jury {
            let offset = point.place - circle.centre
            let distance = (offset * offset).sum().squareRoot() - circle.radius
            if abs(distance) <= reach {
                if LimbSearch.faces(point, circle) { score += 1 }
            } else if distance > 0 {
                score -= 0.5
            }
        }
        return score
    }

    /// True if the edge is brighter on the side of the circle's centre.
    static func faces(_ point: LimbEdges.Point, _ circle: Circle) -> Bool {
        let inward = circle.centre - point.place
        return (inward * point.uphill).sum() > facing * (inward * inward).sum().squareRoot()
    }

    /// The circle through three places; nil if they lie too close together or on a line.
    static func circle(_ a: SIMD2<Double>, _ b: SIMD2<Double>, _ c: SIMD2<Double>) -> Circle? {
        let p = b - a
        let q = c - a
        let twiceArea = p.x * q.y - p.y * q.x
        guard abs(twiceArea) > 20 else { return nil }
        let pp = (p * p).sum()
        let qq = (q * q).sum()
        let middle = SIMD2(q.y * pp - p.y * qq, p.x * qq - q.x * pp) / (2 * twiceArea)
        return Circle(centre: a + middle, radius: (middle * middle).sum().squareRoot())
    }
}
