// SPDX-License-Identifier: Apache-2.0

extension SceneEvent {
    /// A flash on the Moon: full light at once, then an exponential decay followed over eight time constants.
    public static func lunarFlash(
        x: Double, y: Double, startSeconds: Double, decaySeconds: Double = 0.05, strength: SceneEventStrength
    ) -> SceneEvent {
        SceneEvent(
            kind: .lunarFlash, startSeconds: startSeconds, durationSeconds: 8 * decaySeconds, x: x, y: y,
            lightCurve: .exponentialDecay(timeConstantSeconds: decaySeconds), strength: strength)
    }

    /// A fireball on Jupiter: a skew light curve with flicker; 0.5...5.5 s have been seen.
    public static func fireball(
        x: Double, y: Double, startSeconds: Double, durationSeconds: Double = 1.6, flickerFraction: Double = 0.15,
        strength: SceneEventStrength, seed: UInt64 = 1
    ) -> SceneEvent {
        SceneEvent(
            kind: .fireball, startSeconds: startSeconds, durationSeconds: durationSeconds, x: x, y: y,
            lightCurve: .fireball(peakFraction: 0.6, flickerFraction: flickerFraction, seed: seed),
            strength: strength)
    }

    /// A meteor from a place in a direction; a usual lens gives 1.5...30 pixels a frame.
    public static func meteor(
        x: Double, y: Double, startSeconds: Double, durationSeconds: Double, velocityXPixelsPerSecond: Double,
        velocityYPixelsPerSecond: Double, flareHeight: Double = 0, strength: SceneEventStrength
    ) -> SceneEvent {
        SceneEvent(
            kind: .meteor, startSeconds: startSeconds, durationSeconds: durationSeconds, x: x, y: y,
            velocityXPixelsPerSecond: velocityXPixelsPerSecond, velocityYPixelsPerSecond: velocityYPixelsPerSecond,
            lightCurve: .meteor(flareHeight: flareHeight), strength: strength)
    }

    /// A satellite: steady, or the short glint of a geosynchronous one, which drifts 15 arcseconds a second.
    public static func satellite(
        x: Double, y: Double, startSeconds: Double, durationSeconds: Double, velocityXPixelsPerSecond: Double,
        velocityYPixelsPerSecond: Double, isGlint: Bool = false, strength: SceneEventStrength
    ) -> SceneEvent {
        SceneEvent(
            kind: .satellite, startSeconds: startSeconds, durationSeconds: durationSeconds, x: x, y: y,
            velocityXPixelsPerSecond: velocityXPixelsPerSecond, velocityYPixelsPerSecond: velocityYPixelsPerSecond,
            lightCurve: isGlint ? .glint : .steady, strength: strength)
    }

    /// An aircraft with a steady light and a strobe once a second.
    public static func aircraft(
        x: Double, y: Double, startSeconds: Double, durationSeconds: Double, velocityXPixelsPerSecond: Double,
        velocityYPixelsPerSecond: Double, strobePeriodSeconds: Double = 1, strength: SceneEventStrength
    ) -> SceneEvent {
        SceneEvent(
            kind: .aircraft, startSeconds: startSeconds, durationSeconds: durationSeconds, x: x, y: y,
            velocityXPixelsPerSecond: velocityXPixelsPerSecond, velocityYPixelsPerSecond: velocityYPixelsPerSecond,
            lightCurve: .strobe(periodSeconds: strobePeriodSeconds, flashSeconds: 0.06, flashHeight: 6),
            strength: strength)
    }

    /// A cosmic ray: one instant, one to three pixels, or a straight track of the given extent. To be recorded
    /// it must hit while the shutter is open.
    public static func cosmicRay(
        x: Double, y: Double, atSeconds: Double, trackXPixels: Double = 0, trackYPixels: Double = 0,
        strength: SceneEventStrength
    ) -> SceneEvent {
        let instantSeconds = 1e-6
        return SceneEvent(
            kind: .cosmicRay, startSeconds: atSeconds, durationSeconds: instantSeconds, x: x, y: y,
            velocityXPixelsPerSecond: trackXPixels / instantSeconds,
            velocityYPixelsPerSecond: trackYPixels / instantSeconds, lightCurve: .steady, strength: strength,
            sigmaPixels: 0.25)
    }

    /// An insect: a wide blob on a curved path. A negative number of electrons makes it dark.
    public static func insect(
        x: Double, y: Double, startSeconds: Double, durationSeconds: Double, velocityXPixelsPerSecond: Double,
        velocityYPixelsPerSecond: Double, accelerationXPixelsPerSecondSquared: Double = 0,
        accelerationYPixelsPerSecondSquared: Double = 0, sigmaPixels: Double = 6, strength: SceneEventStrength
    ) -> SceneEvent {
        SceneEvent(
            kind: .insect, startSeconds: startSeconds, durationSeconds: durationSeconds, x: x, y: y,
            velocityXPixelsPerSecond: velocityXPixelsPerSecond, velocityYPixelsPerSecond: velocityYPixelsPerSecond,
            accelerationXPixelsPerSecondSquared: accelerationXPixelsPerSecondSquared,
            accelerationYPixelsPerSecondSquared: accelerationYPixelsPerSecondSquared, lightCurve: .steady,
            strength: strength, sigmaPixels: sigmaPixels)
    }

    /// Lightning: a few strokes that light the whole frame evenly.
    public static func lightning(
        startSeconds: Double, durationSeconds: Double = 0.3, strength: SceneEventStrength, seed: UInt64 = 1
    ) -> SceneEvent {
        SceneEvent(
            kind: .lightning, startSeconds: startSeconds, durationSeconds: durationSeconds, x: 0, y: 0,
            lightCurve: .strokes(seed: seed), strength: strength)
    }
}
