// SPDX-License-Identifier: Apache-2.0

/// A still spot that may become a flash and is being followed until it is over.
struct OpenFlash {
    /// The strongest candidate at its place.
    var strongest: Candidate
    /// Frame in which it was noticed.
    let openedFrame: Int
    /// Flux at its place since as long before as the history reaches.
    var curve = FlashCurve()
    /// What its signal to noise must reach.
    var threshold: FlashThreshold
    /// True if the picture was flooded or disturbed while it was open.
    var wasDisturbed: Bool

    /// Distance in pixels within which spots are the same flash: two widths of its point spread, and what noise and
    /// glare shift a maximum.
    static func reach(sigma: Double) -> Double { 3 + 2 * sigma }

    /// True if a place belongs to the flash.
    func covers(_ place: SIMD2<Double>) -> Bool {
        MovingTrack.distance(place, strongest.place) <= OpenFlash.reach(sigma: strongest.sigma)
    }

    /// Measures all frames again that the history holds. Those that it has let go keep their old measurement: the
    /// place has moved by a pixel at most.
    mutating func remeasure(history: FrameHistory, background: BackgroundModel, photometry: inout FlashPhotometry) {
        let held = history[0].frame.index
        var renewed = FlashCurve()
        for sample in curve.samples where sample.frame < held { renewed.append(sample) }
        for sample in photometry.curve(strongest, history: history, background: background).samples {
            renewed.append(sample)
        }
        curve = renewed
    }
}
