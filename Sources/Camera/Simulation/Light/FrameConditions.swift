// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What the air and the mount do to one frame.
struct FrameConditions: Sendable, Hashable {
    /// Wander of the picture along the rows in pixels, by the air and the wind.
    var wanderX = 0.0
    /// Wander of the picture along the columns in pixels, by the air and the wind.
    var wanderY = 0.0
    /// Drift of the target along the rows since the start, in pixels.
    var driftX = 0.0
    /// Drift of the target along the columns since the start, in pixels.
    var driftY = 0.0
    /// Share of the light from beyond the air that arrives: scintillation and transparency, without clouds.
    var throughput = 1.0
    /// Electrons a pixel that twilight adds; negative in the morning's reverse.
    var twilightElectrons = 0.0

    /// The conditions of every frame of a scene, from its seed.
    ///
    /// Wander and scintillation are first-order autoregressive noise, `x' = a x + sqrt(1 - a²) n` with
    /// `a = exp(-Δt / τ)`, which has the configured standard deviation from the first frame on.
    static func ofAllFrames(_ configuration: SceneConfiguration) -> [FrameConditions] {
        let air = configuration.atmosphere
        let normal = NormalNoise()
        var random = Xoshiro256(seed: configuration.seed, stream: 1)
        let step = 1 / configuration.framesPerSecond
        let wanderMemory = exp(-step / air.wanderCorrelationSeconds)
        let brightnessMemory = exp(-step / air.scintillationCorrelationSeconds)
        let transparency = LatticeNoise(seed: configuration.seed ^ 0x7A)
        let gusts = WindGusts(configuration)
        var wanderX = Double(normal.next(&random))
        var wanderY = Double(normal.next(&random))
        var brightness = Double(normal.next(&random))
        return (0..<configuration.frameCount).map { frame in
            let time = Double(frame) * step
            var conditions = FrameConditions()
            // The picture's margin is as wide as the farthest wander: bound it.
            conditions.wanderX = air.wanderRMSPixels * min(max(wanderX, -wanderBound), wanderBound)
            conditions.wanderY = air.wanderRMSPixels * min(max(wanderY, -wanderBound), wanderBound)
            let shake = gusts.displacement(atSeconds: time)
            conditions.wanderX += shake.x
            conditions.wanderY += shake.y
            conditions.driftX = configuration.driftXPixelsPerSecond * time
            conditions.driftY = configuration.driftYPixelsPerSecond * time
            let sigma = air.scintillationFraction
            let clearness = 1 + air.transparencyDriftPerMinute * (2 * transparency.value(time / 60, 0.5) - 1)
            conditions.throughput = exp(sigma * brightness - 0.5 * sigma * sigma) * clearness
            conditions.twilightElectrons = air.twilightElectronsPerPixelPerSecond * time
            let fresh = (Double(normal.next(&random)), Double(normal.next(&random)), Double(normal.next(&random)))
            let wanderRenewal = (1 - wanderMemory * wanderMemory).squareRoot()
            wanderX = wanderMemory * wanderX + wanderRenewal * fresh.0
            wanderY = wanderMemory * wanderY + wanderRenewal * fresh.1
            brightness =
                brightnessMemory * brightness + (1 - brightnessMemory * brightnessMemory).squareRoot() * fresh.2
            return conditions
        }
    }

    /// Greatest wander in standard deviations.
    static let wanderBound = 5.0
}
