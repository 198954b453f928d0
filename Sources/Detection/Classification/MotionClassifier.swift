// SPDX-License-Identifier: Apache-2.0

/// Tells meteors from satellites and aeroplanes by angular speed, duration and light curve.
struct MotionClassifier {
    let configuration: DetectorConfiguration
    let width: Int
    let height: Int

    /// Slowest meteor, in degrees a second. Satellites in low orbits stay below 1.5; the Global Meteor Network
    /// accepts 2…51.
    static let slowestMeteor = 2.0

    /// Angular speed of a track in degrees a second.
    func angularSpeed(_ pixelsPerFrame: Double) -> Double {
        let degreesPerPixel = configuration.arcsecondsPerPixel.map { $0 / 3600 } ?? 90 / Double(width)
        return pixelsPerFrame * configuration.framesPerSecond * degreesPerPixel
    }

    /// Judges a moving track.
    ///
    /// - Parameter isCluttered: whether meaningless spots fill the picture. Compression makes spots that creep along then, so
    ///   that short paths say nothing.
    func judge(_ track: MovingTrack, isCluttered: Bool) -> Verdict {
        let fit = track.fit
        let speed = fit?.speed ?? 0
        let degrees = angularSpeed(speed)
        let seconds = Double(track.lastFrame - track.firstFrame + 1) / configuration.framesPerSecond
        var verdict = Verdict(kind: .other, isAlert: false, probability: 0.5, reasons: [])
        verdict.add(
            "moves",
            "It moves \(Verdict.text(speed)) pixels a frame along a straight path of "
                + "\(Verdict.text(track.length, decimals: 0)) pixels, seen in \(track.points.count) frames.")
        guard configuration.target == .sky else {
            verdict.kind = .satellite
            verdict.probability = 0.8
            verdict.add("moves-in-front", "A flash stands still on the surface.")
            return verdict
        }
        if isBlinking(track) {
            verdict.kind = .aircraft
            verdict.probability = 0.7
            verdict.add("blinks", "Its light blinks about once a second.")
            return verdict
        }
        if seconds > configuration.maximumEventSeconds {
            return slow(verdict, "lasts-long", "It lasts \(Verdict.text(seconds)) s, longer than meteors do.")
        }
        let scale = configuration.arcsecondsPerPixel == nil ? " if the frame is 90° wide" : ""
        let rate = "\(Verdict.text(degrees)) degrees a second" + scale
        if degrees < MotionClassifier.slowestMeteor {
            return slow(verdict, "slow", "It moves \(rate), as satellites do.")
        }
        if isSteady(track), seconds > 2 || crossesFrame(track) {
            return slow(verdict, "steady", "Its light is steady from end to end, as that of satellites is.")
        }
        if isCluttered, track.length < 0.03 * Double(width) {
            verdict.add("short-in-clutter", "The path is short and the picture full of meaningless spots.")
            return verdict
        }
        let saturated = track.points.filter(\.isSaturated).count
        verdict.kind = saturated >= 3 && track.signalToNoise > 200 ? .fireball : .meteor
        verdict.isAlert = true
        verdict.add("meteor-speed", "It moves \(rate), as meteors do.")
        if verdict.kind == .fireball { verdict.add("saturates", "It saturates the sensor in \(saturated) frames.") }
        // Chance alignments have few points and little light; the more of both, the surer.
        let evidence = Double(track.points.count - 3) + (track.signalToNoise - 13) / 10
        verdict.probability = min(0.98, 0.6 + 0.04 * max(evidence, 0))
        return verdict
    }

    private func slow(_ verdict: Verdict, _ code: String, _ sentence: String) -> Verdict {
        var result = verdict
        result.kind = .satellite
        result.probability = 0.8
        result.add(code, sentence)
        return result
    }

    /// True if the track comes from outside the frame and leaves it, so that neither end of the light was seen.
    private func crossesFrame(_ track: MovingTrack) -> Bool {
        guard let fit = track.fit else { return false }
        func isOutside(_ frame: Int) -> Bool {
            let place = fit.place(at: Double(frame))
            return place.x < 2 || place.y < 2 || place.x > Double(width) - 3 || place.y > Double(height) - 3
        }
        return isOutside(track.firstFrame - 3) && isOutside(track.lastFrame + 3)
    }

    /// True if the flux of fifths of the track differs by less than a quarter from their mean: meteors rise and fall.
    private func isSteady(_ track: MovingTrack) -> Bool {
        let count = track.points.count
        guard count >= 10 else { return false }
        let fifths = (0..<5).map { part in
            let range = (part * count / 5)..<((part + 1) * count / 5)
            return track.points[range].reduce(0) { $0 + $1.flux } / Double(range.count)
        }
        let mean = fifths.reduce(0, +) / 5
        let variance = fifths.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4
        return variance.squareRoot() < 0.25 * mean
    }

    /// True if flashes much brighter than the rest come at a period of 0.5…1.5 s, at least three of them.
    private func isBlinking(_ track: MovingTrack) -> Bool {
        let fluxes = track.points.map(\.flux).sorted()
        guard fluxes.count >= 8 else { return false }
        let median = fluxes[fluxes.count / 2]
        var starts: [Int] = []
        for point in track.points where point.flux > 2.5 * median {
            if let last = starts.last, Double(point.frame - last) < 0.3 * configuration.framesPerSecond { continue }
            starts.append(point.frame)
        }
        guard starts.count >= 3 else { return false }
        let periods = zip(starts.dropFirst(), starts).map { Double($0 - $1) / configuration.framesPerSecond }
        guard let shortest = periods.min(), let longest = periods.max() else { return false }
        return shortest > 0.5 && longest < 1.6 && longest < 1.4 * shortest
    }
}
