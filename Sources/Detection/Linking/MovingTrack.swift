// SPDX-License-Identifier: Apache-2.0

/// Spots of successive frames that a uniform motion explains.
struct MovingTrack {
    /// The spots in time order, at most one a frame.
    private(set) var points: [Candidate]
    /// Velocity in pixels a frame, from the last few points.
    private(set) var velocity: SIMD2<Double>
    /// True if flashes like its brightest were seen on its path half a second or more before or after, and not much
    /// in between.
    var repeats = false

    /// Points that the velocity is taken from.
    private static let memory = 10
    /// Points from which on a bend is told from scatter.
    private static let bendable = 8

    /// A track of two spots.
    init(_ first: Candidate, _ second: Candidate) {
        points = [first, second]
        velocity = (second.place - first.place) / Double(second.frame - first.frame)
    }

    /// A track of spots that are known to belong together.
    init?(points: [Candidate]) {
        guard points.count >= 2 else { return nil }
        self.points = points
        velocity = .zero
        updateVelocity()
    }

    /// Adds the next spot.
    mutating func append(_ candidate: Candidate) {
        points.append(candidate)
        updateVelocity()
    }

    var firstFrame: Int { points.first?.frame ?? 0 }
    var lastFrame: Int { points.last?.frame ?? 0 }
    var speed: Double { (velocity * velocity).sum().squareRoot() }

    /// Distance from the first spot to the last, in pixels.
    var length: Double {
        guard let first = points.first, let last = points.last else { return 0 }
        return MovingTrack.distance(first.place, last.place)
    }

    /// Signal to noise of all spots together.
    var signalToNoise: Double { points.reduce(0) { $0 + $1.statistic * $1.statistic }.squareRoot() }

    /// Share of the frames from first to last in which the spot was seen.
    var fill: Double { Double(points.count) / Double(lastFrame - firstFrame + 1) }

    /// Expected place in a frame.
    func place(inFrame frame: Int) -> SIMD2<Double> {
        guard let last = points.last else { return .zero }
        let recent = points.suffix(MovingTrack.memory)
        guard recent.count >= 4,
            let fit = LineFit(
                times: recent.map { Double($0.frame) }, places: recent.map(\.place), placeError: 0.3)
        else { return last.place + Double(frame - last.frame) * velocity }
        return fit.place(at: Double(frame))
    }

    /// Place and velocity in a frame between the ends of the track, from the points next to it: long paths are bent.
    func course(around frame: Int) -> (place: SIMD2<Double>, velocity: SIMD2<Double>) {
        let later = points.firstIndex { $0.frame >= frame } ?? points.count
        let end = min(later + MovingTrack.memory / 2, points.count)
        let near = points[max(end - MovingTrack.memory, 0)..<end]
        guard let fit = LineFit(times: near.map { Double($0.frame) }, places: near.map(\.place), placeError: 0.3) else {
            return (place(inFrame: frame), velocity)
        }
        return (fit.place(at: Double(frame)), fit.velocity)
    }

    /// True if the next spot of the track may lie at a place in a frame.
    ///
    /// What moves far within an exposure leaves a trail, and a noisy trail is brightest anywhere along it: spots
    /// scatter by v / √12 along the path, where v is the trail's length, and hardly across it. A straight line
    /// through k such spots foretells the next one with √6 times that scatter for k = 2, √(10/3) for k = 3 and √2.5
    /// for k = 4. The bound is two such deviations, and at least what places at the threshold scatter; a track that is known to move
    /// may besides jump a little, as the pictures of compressed video do.
    func expects(_ place: SIMD2<Double>, inFrame frame: Int) -> Bool {
        let miss = along(place - self.place(inFrame: frame))
        let gap = Double(max(frame - lastFrame, 1)).squareRoot()
        let trail = points.count == 2 ? 1.4 : points.count == 3 ? 1.1 : 0.9
        let basic = (points.count < 8 ? 1.5 : 3) * gap
        let (x, y) = (miss.x / (basic + trail * speed * gap), miss.y / (basic + 0.1 * speed * gap))
        return x * x + y * y <= 1
    }

    /// A vector's component along the motion, and across it.
    private func along(_ vector: SIMD2<Double>) -> SIMD2<Double> {
        guard speed > 0 else { return vector }
        let direction = velocity / speed
        return SIMD2((vector * direction).sum(), vector.y * direction.x - vector.x * direction.y)
    }

    /// The motion of all points together.
    var fit: LineFit? {
        let error = points.reduce(0) { $0 + $1.placeError } / Double(points.count)
        return LineFit(times: points.map { Double($0.frame) }, places: points.map(\.place), placeError: error)
    }

    /// True if the spots surely do not stand still: three or more, displaced by more than their errors, and not made
    /// by one strong spot and two noise peaks near it.
    var surelyMoves: Bool {
        guard points.count >= 3, length > (points.count == 3 ? 5 : 3), let fit, fit.speed > 5 * fit.velocityError,
            fit.rms < 1 + 0.1 * length
        else { return false }
        let strongest = points.map(\.statistic).max() ?? 0
        let rest = signalToNoise * signalToNoise - strongest * strongest
        return points.count >= 4 || rest > 60
    }

    /// Root mean square distance of the spots from where those before let expect them, along the motion and across
    /// it, in pixels.
    ///
    /// Unlike the distance from one straight line this does not grow with the length of a path that the lens bends
    /// or that is not run through at one speed.
    var scatter: SIMD2<Double> {
        var square = SIMD2<Double>.zero
        for index in 2..<max(points.count, 2) {
            let earlier = points[max(0, index - MovingTrack.memory)..<index]
            guard
                let fit = LineFit(
                    times: earlier.map { Double($0.frame) }, places: earlier.map(\.place), placeError: 0.3)
            else { continue }
            let miss = along(points[index].place - fit.place(at: Double(points[index].frame)))
            square += miss * miss
        }
        return points.count < 3 ? .zero : (square / Double(points.count - 2)).squareRoot()
    }

    /// True if the spots form a path: three or more, straight or evenly bent, forward, faster than their places' errors explain.
    /// Whether chance explains it is another matter, see `Clutter`.
    var isPath: Bool {
        guard points.count >= 3, length > 4, let fit else { return false }
        guard fit.speed > 5 * fit.velocityError else { return false }
        // Wide lenses bend long paths; a long run of spots may be bent, a short one not.
        let across = points.count >= MovingTrack.bendable ? Bend(points)?.scatter ?? fit.rmsAcross : fit.rmsAcross
        guard across < 1 + 0.06 * length / Double(points.count).squareRoot() else { return false }
        return forwardShare > 0.75 && !standsStillButForOne
    }

    /// True if all spots but one lie on one place: a still flash to which a spot of the noise was linked. Of a long path
    /// no single spot makes the motion.
    private var standsStillButForOne: Bool {
        guard points.count <= MovingTrack.memory else { return false }
        return points.indices.contains { left in
            var sum = SIMD2<Double>.zero
            var square = 0.0
            for (index, point) in points.enumerated() where index != left { sum += point.place }
            let middle = sum / Double(points.count - 1)
            for (index, point) in points.enumerated() where index != left {
                let offset = point.place - middle
                square += (offset * offset).sum()
            }
            // A strong spot's place errs by a tenth of a pixel, a faint one's by a third in each direction.
            return (square / Double(points.count - 1)).squareRoot() < 0.6
        }
    }

    /// Share of the steps that go forward along the path.
    private var forwardShare: Double {
        guard let fit, points.count >= 2 else { return 0 }
        // Slow objects step by less than their places' errors; what counts is progress over several points.
        let stride = max(1, min(points.count / 3, Int((1.5 / max(fit.speed, 0.05)).rounded(.up))))
        var forward = 0
        var total = 0
        for index in stride..<max(points.count, stride) {
            let step = points[index].place - points[index - stride].place
            if (step * fit.velocity).sum() > 0 { forward += 1 }
            total += 1
        }
        return total == 0 ? 0 : Double(forward) / Double(total)
    }

    private mutating func updateVelocity() {
        let recent = points.suffix(MovingTrack.memory)
        if let fit = LineFit(
            times: recent.map { Double($0.frame) }, places: recent.map(\.place), placeError: 0.3)
        {
            velocity = fit.velocity
        }
    }

    /// Distance of two places in pixels.
    static func distance(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double {
        let difference = a - b
        return (difference * difference).sum().squareRoot()
    }
}
