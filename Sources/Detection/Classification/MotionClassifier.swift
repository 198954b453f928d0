// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Tells meteors from satellites, aeroplanes and insects by angular speed, duration, light curve and shape.
struct MotionClassifier {
    let configuration: DetectorConfiguration
    let width: Int
    let height: Int

    /// Slowest meteor, in degrees a second. Satellites in low orbits stay below 1.5; the Global Meteor Network
    /// accepts 2…51.
    static let slowestMeteor = 2.0

    /// Logarithm of the odds of meteors against insects and birds, which cross the field some twenty times as often.
    private static let nearest = -3.0

    /// Seconds for which hardly any meteor keeps its light: half of them last less than half a second, and they brighten
    /// and fade all the time.
    private static let longSteady = 1.0

    /// Angular speed of a track in degrees a second.
    func angularSpeed(_ pixelsPerFrame: Double) -> Double {
        let degreesPerPixel = configuration.arcsecondsPerPixel.map { $0 / 3600 } ?? 90 / Double(width)
        return pixelsPerFrame * configuration.framesPerSecond * degreesPerPixel
    }

    /// Judges a moving track.
    func judge(_ track: MovingTrack) -> Verdict {
        let speed = track.fit?.speed ?? 0
        let degrees = angularSpeed(speed)
        let seconds = Double(track.lastFrame - track.firstFrame + 1) / configuration.framesPerSecond
        let features = MotionFeatures(track, framesPerSecond: configuration.framesPerSecond)
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
        if features.blinks || track.repeats {
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
        if isSteady(features), seconds > MotionClassifier.longSteady || crossesFrame(track) {
            return slow(verdict, "steady", "Its light is steady from end to end, as that of satellites is.")
        }
        if let nearness = features.nearness(width: width), nearness > MotionClassifier.nearest {
            verdict.probability = 1 / (1 + exp(MotionClassifier.nearest - nearness))
            verdict.add(
                "near-the-lens", "It is wider than a point of light or flies a curve, as insects and birds do.")
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

    /// True if the light hardly changes: by less than a quarter, and not because the sensor shows no more.
    private func isSteady(_ features: MotionFeatures) -> Bool {
        guard let unsteadiness = features.unsteadiness, features.saturatedShare < 0.5 else { return false }
        return unsteadiness < 0.25
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
}
