// SPDX-License-Identifier: Apache-2.0

/// The courses of light that an event is tried against.
///
/// Steps are small enough that any box, decay or fireball within the range keeps 97 % of its signal to noise with the
/// nearest member: two boxes whose lengths differ by a factor q keep √q of it, two decays 2 √q / (1 + q).
struct LightCurveFamily {
    let shapes: [LightCurveShape]

    /// All shapes of at most a number of frames.
    ///
    /// - Parameter longestFrames: length of the longest box, at least 1, at most 64; decays and fireballs go a little
    ///   beyond.
    init(longestFrames: Int) {
        let longest = min(max(longestFrames, 1), 64)
        var kinds: [LightCurveShape.Kind] = LightCurveFamily.boxes.filter { $0 <= longest }.map { .box(frames: $0) }
        for frames in LightCurveFamily.decays where 1.5 * frames <= Double(longest) {
            for onset in [0, 1.0 / 3, 2.0 / 3] { kinds.append(.decay(frames: frames, onset: onset)) }
        }
        for frames in LightCurveFamily.skews where Double(frames) <= 1.5 * Double(longest) {
            for peak in [0.3, 0.6] { kinds.append(.skew(frames: frames, peakFraction: peak)) }
        }
        shapes = kinds.map(LightCurveShape.init)
    }

    /// How many independent light curves the search over all shapes and beginnings is worth, per frame.
    ///
    /// For pure noise the chance that any shape exceeds a threshold, over the chance that one does. It grows with the
    /// threshold, because the higher a peak is the sharper it is. Computed by importance sampling for the full family
    /// and all that its members are refined to, at 4, 5, 6, 7 and 8 σ: 6, 11, 18, 22 and 34, to a tenth.
    ///
    /// Reference: Naiman, D. Q., Priebe, C. E. (2001), "Computing scan statistic p values using importance sampling,
    /// with applications to genetics and medical image analysis", J. Comput. Graph. Stat. 10, 296.
    static func trialsPerFrame(threshold: Double) -> Double { max(1, 5.6 * threshold - 17) }

    private static let boxes = [
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 21, 24, 28, 32, 37, 42, 48, 56, 64,
    ]
    private static let decays = [0.7, 1, 1.4, 2, 2.8, 4, 5.6, 8, 11, 16]
    private static let skews = [6, 8, 11, 16, 22, 32, 44, 64, 90]
}
