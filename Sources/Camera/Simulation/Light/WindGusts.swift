// SPDX-License-Identifier: Apache-2.0

import Glibc

/// How gusts of wind shake the telescope: now and then the whole picture swings and comes to rest.
///
/// Gusts come as a Poisson process. Each excites a damped oscillation `A exp(-t / τ) sin(2π f t)` in a direction of
/// its own; mounts of amateur telescopes swing at some hertz and rest after about a second.
struct WindGusts: Sendable {
    private static let frequencyHertz = 3.0
    private static let dampingSeconds = 0.4
    /// Time after which a swing has faded to less than a thousandth.
    private static let restSeconds = 3.0

    private struct Gust: Sendable {
        let startSeconds: Double
        let x: Double
        let y: Double
    }

    private let gusts: [Gust]

    init(_ configuration: SceneConfiguration) {
        let air = configuration.atmosphere
        guard air.gustsPerMinute > 0, air.gustPixels > 0 else {
            gusts = []
            return
        }
        var random = Xoshiro256(seed: configuration.seed, stream: 4)
        var gusts: [Gust] = []
        var time = 0.0
        while true {
            time += random.exponential() * 60 / air.gustsPerMinute
            guard time < configuration.durationSeconds else { break }
            let angle = random.uniform(0, 2 * .pi)
            let size = air.gustPixels * random.uniform(0.3, 1)
            gusts.append(Gust(startSeconds: time, x: size * cos(angle), y: size * sin(angle)))
        }
        self.gusts = gusts
    }

    /// Displacement of the picture in pixels at a time after the start of the scene.
    func displacement(atSeconds time: Double) -> (x: Double, y: Double) {
        var sum = (x: 0.0, y: 0.0)
        for gust in gusts {
            let age = time - gust.startSeconds
            guard age >= 0 else { break }
            guard age < WindGusts.restSeconds else { continue }
            let swing =
                exp(-age / WindGusts.dampingSeconds) * sin(2 * .pi * WindGusts.frequencyHertz * age)
            sum = (sum.x + swing * gust.x, sum.y + swing * gust.y)
        }
        return sum
    }
}
