// SPDX-License-Identifier: Apache-2.0

/// Spots of successive frames that a uniform motion explains.
struct MovingTrack {
    /// The spots in time order, at most one a frame.
    private(set) var points: [Candidate]
    /// Velocity in pixels a frame, from the last few points.
    private(set) var velocity: SIMD2<Double>

    /// Points that the velocity is taken from.
    private static let memory = 10

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

    /// How far from the expected place the next spot may lie, in pixels.
    func gate(inFrame frame: Int) -> Double {
        let gap = Double(max(frame - lastFrame, 1))
        // The velocity of two or three points is uncertain by their places' errors, and grows with the gap.
        return 1.5 + (points.count < 4 ? 0.3 : 0.2) * speed * gap.squareRoot() + 0.3 * (gap - 1)
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

    /// Root mean square distance of the spots from where those before let expect them, in pixels.
    ///
    /// Unlike the distance from one straight line this does not grow with the length of a path that the lens bends
    /// or that is not run through at one speed.
    var scatter: Double {
        var square = 0.0
        for index in 2..<max(points.count, 2) {
            let earlier = points[max(0, index - MovingTrack.memory)..<index]
            guard
                let fit = LineFit(times: earlier.map { Double($0.frame) }, places: earlier.map(\.place), placeError: 0.3)
            else { continue }
            let miss = MovingTrack.distance(fit.place(at: Double(points[index].frame)), points[index].place)
            square += miss * miss
        }
        return points.count < 3 ? 0 : (square / Double(points.count - 2)).squareRoot()
    }

    /// True if the spots form a path: three or more, straight, forward, faster than their places' errors explain.
    /// Whether chance explains it is another matter, see `Clutter`.
    var isPath: Bool {
        guard points.count >= 3, length > 4, let fit else { return false }
        guard fit.speed > 5 * fit.velocityError else { return false }
        let count = Double(points.count)
        // Wide lenses bend long paths; a long run of spots may be bent, a short one not.
        let bend = points.count >= 20 ? 0.03 * length : 0.06 * length / count.squareRoot()
        guard fit.rmsAcross < 1 + bend else { return false }
        return forwardShare > 0.75
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
