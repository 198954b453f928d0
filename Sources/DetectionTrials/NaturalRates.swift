// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection

/// How often things happen in front of a camera, an hour of observing: the prior of a probability.
///
/// A simulated hour holds hundreds of each; a report of the simulation counts as much as the like happens in nature.
/// Observers who know better put in their own and calibrate again.
public struct NaturalRates: Sendable, Hashable {
    /// Things of a kind an hour, for each target.
    public var perHour: [ObservationTarget: [SceneEvent.Kind: Double]]

    /// Rates from a table.
    public init(perHour: [ObservationTarget: [SceneEvent.Kind: Double]]) { self.perHour = perHour }

    /// Rate of a kind before a target; 0 for what does not happen there.
    public func perHour(_ kind: SceneEvent.Kind, target: ObservationTarget) -> Double {
        perHour[target]?[kind] ?? 0
    }

    /// The usual rates.
    ///
    /// - Lunar flashes: NELIOTA saw about 200 in 300 hours with 1.2 m. An amateur's telescope reaches two magnitudes
    ///   less, where half a power of ten a magnitude are lost: 0.1 an hour, rounded up.
    /// - Jupiter: 12…60 impacts a year of bodies of 5–20 m (Hueso et al. 2013), half of them on the side that is seen:
    ///   0.002 an hour.
    /// - Meteors: a video camera's night, five an hour.
    /// - Particles: about one muon a minute and square centimetre at sea level, sensors of a quarter of that: twenty
    ///   an hour with what the sensor itself contributes; Jupiter's region is a tenth of a sensor.
    /// - Satellites: glints of geosynchronous ones cross the Moon 0.27 times an hour (Nir et al. 2021), with those in low
    ///   orbits one; a wide sky shows twenty an hour around dusk and dawn.
    /// - Aircraft, insects and lightning: orders of magnitude, which depend on the site.
    public static let standard = NaturalRates(perHour: [
        .moon: [.lunarFlash: 0.1, .satellite: 1, .cosmicRay: 20],
        .jupiter: [.fireball: 0.002, .satellite: 0.05, .cosmicRay: 2],
        .sky: [
            .meteor: 5, .satellite: 20, .aircraft: 5, .cosmicRay: 20, .insect: 5, .lightning: 0.1,
        ],
    ])
}
