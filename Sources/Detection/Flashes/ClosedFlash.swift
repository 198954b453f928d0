// SPDX-License-Identifier: Apache-2.0

/// A still spot that is over, measured as a whole.
struct ClosedFlash {
    var strongest: Candidate
    /// Flux in each frame of the event, from its first to its last.
    var samples: [FlashCurve.Sample]
    /// Position of the brightest frame in `samples`, from the light curve that fits best.
    var peak: Int
    /// Time of the brightest moment as a frame number; whole numbers are the middles of exposures. For a decay that
    /// is its beginning.
    var peakFrame: Double
    /// Matched-filter signal to noise ρ of all frames together, freed of what the search for place, width and light
    /// curve adds.
    var signalToNoise: Double
    /// The point spread fitted to all frames together; its place in pixels of the scene.
    var place: SIMD2<Double>
    var sigma: Double
    /// See `PointSpreadFit.misfit`, of all frames together; too sharp on the sensor counts as well.
    var misfit: (sharp: Double, wide: Double)
    /// Displacement between the halves of the event, in pixels, and its standard error; nil if it cannot be told.
    var drift: (distance: Double, error: Double)?
    /// Background and noise at the place, in ADU.
    var background: Double
    var noise: Double
    /// What `signalToNoise` had to reach.
    var threshold: Double
    /// Scatter of the scene around it beyond the noise that `signalToNoise` allows for, in units of that noise; see
    /// `SceneScatter`.
    var sceneScatter = 0.0
    /// True if it began before the first frame that is known, or went on for too long.
    var isPersistent: Bool
    /// True if the picture was flooded or disturbed meanwhile.
    var wasDisturbed: Bool
    /// True if spots at its place come again and again.
    var isRestless = false
    /// True if a moving track passes its place.
    var isMoving = false
}
