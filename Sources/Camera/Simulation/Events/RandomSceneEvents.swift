// SPDX-License-Identifier: Apache-2.0

import Glibc

extension SceneConfiguration {
    /// Adds random events of given kinds at random places, one after the other in time.
    ///
    /// The scene is divided into as many stretches as there are events; each event begins at a random time of its
    /// own, so that only those that last long overlap. Flashes fall on the earthlit ground or Jupiter's disk; what
    /// moves stays within the frame. Light curves, speeds and sizes are those seen in nature.
    ///
    /// - Parameters:
    ///   - count: number of events; the kinds take turns.
    ///   - signalToNoise: range of ρ, evenly used: of the whole event, but of the brightest frame alone for
    ///     satellites, aircraft and insects, whose visibility has nothing to do with how long they last.
    ///   - kinds: kinds to choose from; without any, nothing is added.
    ///   - seed: decides every random number.
    ///   - quietSeconds: time at the start without events, for a detector to learn the background; nil for 4 s or
    ///     a fifth of the scene, whichever is shorter.
    public mutating func inject(
        count: Int, signalToNoise: ClosedRange<Double>, kinds: [SceneEvent.Kind], seed: UInt64,
        quietSeconds: Double? = nil
    ) {
        guard count > 0, !kinds.isEmpty else { return }
        let quiet = quietSeconds ?? min(4, 0.2 * durationSeconds)
        let stretch = max(0, 0.97 * durationSeconds - quiet) / Double(count)
        var random = RandomSceneEvents(self, seed: seed)
        for index in 0..<count {
            let start = quiet + stretch * (Double(index) + random.generator.uniform(0.05, 0.65))
            let ratio = random.generator.uniform(signalToNoise.lowerBound, signalToNoise.upperBound)
            events.append(random.event(kinds[index % kinds.count], startSeconds: start, signalToNoise: ratio))
        }
    }
}

/// Draws events whose light curves, speeds and sizes are those seen in nature.
private struct RandomSceneEvents {
    var generator: Xoshiro256
    private let scene: SceneConfiguration
    /// Pixels that still events keep from the border.
    private let border: Double

    init(_ scene: SceneConfiguration, seed: UInt64) {
        self.scene = scene
        generator = Xoshiro256(seed: seed, stream: 21)
        border = min(16, 0.2 * Double(min(scene.width, scene.height)))
    }

    mutating func event(_ kind: SceneEvent.Kind, startSeconds: Double, signalToNoise: Double) -> SceneEvent {
        let rate = scene.framesPerSecond
        switch kind {
        case .lunarFlash:
            let place = place(on: MoonPainter(scene)) { $0.isEarthlit(x: $1, y: $2, margin: 6) }
            return .lunarFlash(
                x: place.x, y: place.y, startSeconds: startSeconds, decaySeconds: logarithmic(0.03, 0.1),
                strength: .signalToNoise(signalToNoise))
        case .fireball:
            let place = place(on: JupiterPainter(scene)) { $0.isOnDisk(x: $1, y: $2, within: 0.93) }
            let left = max(0.5, 0.97 * scene.durationSeconds - startSeconds)
            return .fireball(
                x: place.x, y: place.y, startSeconds: startSeconds, durationSeconds: min(logarithmic(0.6, 3), left),
                flickerFraction: generator.uniform(0.1, 0.2), strength: .signalToNoise(signalToNoise),
                seed: generator.next())
        case .meteor:
            let path = path(speed: rate * logarithmic(1.5, 20), seconds: max(6 / rate, logarithmic(0.25, 1.2)))
            return .meteor(
                x: path.x, y: path.y, startSeconds: startSeconds, durationSeconds: path.seconds,
                velocityXPixelsPerSecond: path.velocityX, velocityYPixelsPerSecond: path.velocityY,
                flareHeight: generator.uniform() < 0.3 ? generator.uniform(0.5, 2) : 0,
                strength: .signalToNoise(signalToNoise))
        case .satellite:
            let path = path(speed: rate * logarithmic(0.3, 3), seconds: logarithmic(2, 8))
            return .satellite(
                x: path.x, y: path.y, startSeconds: startSeconds, durationSeconds: path.seconds,
                velocityXPixelsPerSecond: path.velocityX, velocityYPixelsPerSecond: path.velocityY,
                strength: .peakFrameSignalToNoise(signalToNoise))
        case .aircraft:
            let path = path(speed: rate * logarithmic(2, 6), seconds: logarithmic(2, 8))
            return .aircraft(
                x: path.x, y: path.y, startSeconds: startSeconds, durationSeconds: path.seconds,
                velocityXPixelsPerSecond: path.velocityX, velocityYPixelsPerSecond: path.velocityY,
                strength: .peakFrameSignalToNoise(signalToNoise))
        case .cosmicRay:
            let place = anywhere()
            // A particle leaves its charge whenever it comes; in the model it must meet an open shutter.
            let frame = (startSeconds * rate).rounded(.down)
            let length = generator.uniform() < 0.25 ? logarithmic(3, 30) : generator.uniform(0, 1.5)
            let angle = generator.uniform(0, 2 * .pi)
            return .cosmicRay(
                x: place.x, y: place.y, atSeconds: frame / rate + 0.5 * scene.exposureSeconds,
                trackXPixels: length * cos(angle), trackYPixels: length * sin(angle),
                strength: .signalToNoise(signalToNoise))
        case .insect:
            let path = path(speed: rate * logarithmic(3, 15), seconds: logarithmic(0.3, 1.5))
            let bend = generator.uniform(-1, 1) / path.seconds
            return .insect(
                x: path.x, y: path.y, startSeconds: startSeconds, durationSeconds: path.seconds,
                velocityXPixelsPerSecond: path.velocityX, velocityYPixelsPerSecond: path.velocityY,
                accelerationXPixelsPerSecondSquared: -bend * path.velocityY,
                accelerationYPixelsPerSecondSquared: bend * path.velocityX,
                sigmaPixels: min(logarithmic(3, 12), 0.1 * Double(min(scene.width, scene.height))),
                strength: .peakFrameSignalToNoise(signalToNoise))
        case .lightning:
            return .lightning(
                startSeconds: startSeconds, durationSeconds: max(2 / rate, generator.uniform(0.1, 0.5)),
                strength: .signalToNoise(signalToNoise), seed: generator.next())
        }
    }

    /// A number of a range in which every factor is as likely as any other.
    private mutating func logarithmic(_ lower: Double, _ upper: Double) -> Double {
        exp(generator.uniform(log(lower), log(upper)))
    }

    private mutating func anywhere() -> (x: Double, y: Double) {
        (
            generator.uniform(border, Double(scene.width - 1) - border),
            generator.uniform(border, Double(scene.height - 1) - border)
        )
    }

    /// A place within the border that a target accepts; after many tries any place.
    private mutating func place<Painter>(
        on painter: Painter, _ accepts: (Painter, Double, Double) -> Bool
    ) -> (x: Double, y: Double) {
        var place = anywhere()
        for _ in 0..<1000 where !accepts(painter, place.x, place.y) { place = anywhere() }
        return place
    }

    /// A straight path within the frame; it is cut in time where the frame is too small for it.
    private mutating func path(
        speed: Double, seconds: Double
    ) -> (x: Double, y: Double, velocityX: Double, velocityY: Double, seconds: Double) {
        let longest = 0.7 * Double(min(scene.width, scene.height))
        let duration = min(seconds, longest / speed)
        let angle = generator.uniform(0, 2 * .pi)
        let (alongX, alongY) = (speed * duration * cos(angle), speed * duration * sin(angle))
        // The middle of the path lies where both ends stay inside.
        let (halfX, halfY) = (0.5 * abs(alongX), 0.5 * abs(alongY))
        let middleX = generator.uniform(halfX, Double(scene.width - 1) - halfX)
        let middleY = generator.uniform(halfY, Double(scene.height - 1) - halfY)
        return (
            middleX - 0.5 * alongX, middleY - 0.5 * alongY, alongX / duration, alongY / duration, duration
        )
    }
}
