// SPDX-License-Identifier: Apache-2.0

/// A still spot that passed the threshold and is being followed until it is over.
struct OpenFlash {
    /// The strongest candidate at its place.
    var strongest: Candidate
    /// Frame in which it was noticed.
    let openedFrame: Int
    /// Flux at its place since as long before as the history reaches.
    var curve = FlashCurve()
    /// Threshold when it was noticed.
    let threshold: Double
    /// True if the picture was flooded or disturbed while it was open.
    var wasDisturbed: Bool

    /// True if a place belongs to the flash.
    func covers(_ place: SIMD2<Double>) -> Bool {
        MovingTrack.distance(place, strongest.place) <= 3 + 2 * strongest.sigma
    }
}
