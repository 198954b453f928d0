// SPDX-License-Identifier: Apache-2.0

/// One way to set a camera up: format, size and rate.
struct V4L2FormatChoice: Hashable {
    var fourCC: UInt32
    /// Nil leaves the size to the driver, which has listed none.
    var width: Int?
    var height: Int?
    /// Nil leaves the rate to the driver.
    var framesPerSecond: Double?

    /// A size counts as fast enough from here on when the operator has named no rate.
    private static let comfortableFramesPerSecond = 25.0

    /// What fits the operator's wishes, best first: formats in the order of `preference`, each at the size asked for,
    /// or else at the largest one that reaches the rate.
    static func ranked(
        offers: [V4L2FormatOffer], preference: [UInt32], width: Int?, height: Int?, framesPerSecond: Double?
    ) -> [V4L2FormatChoice] {
        preference.compactMap { fourCC in
            guard let offer = offers.first(where: { $0.fourCC == fourCC }) else { return nil }
            guard !offer.sizes.isEmpty else {
                return V4L2FormatChoice(
                    fourCC: fourCC, width: width, height: height, framesPerSecond: framesPerSecond)
            }
            return choice(offer, width: width, height: height, framesPerSecond: framesPerSecond)
        }
    }

    private static func choice(
        _ offer: V4L2FormatOffer, width: Int?, height: Int?, framesPerSecond: Double?
    ) -> V4L2FormatChoice? {
        let fitting = offer.sizes.filter { size in
            size.contains(width: width ?? size.widths.upperBound, height: height ?? size.heights.upperBound)
                && (framesPerSecond.map(size.contains(framesPerSecond:)) ?? true)
        }
        let wantedRate = framesPerSecond ?? comfortableFramesPerSecond
        // Sizes whose rates are unknown count as fast enough: their drivers know one rate for all.
        let reach: (V4L2SizeOffer) -> Double = { min($0.framesPerSecond.max() ?? .infinity, wantedRate) }
        let pixels: (V4L2SizeOffer) -> Int = { $0.widths.upperBound * $0.heights.upperBound }
        let best = fitting.max { (reach($0), pixels($0)) < (reach($1), pixels($1)) }
        guard let best else { return nil }
        return V4L2FormatChoice(
            fourCC: offer.fourCC, width: width ?? best.widths.upperBound, height: height ?? best.heights.upperBound,
            framesPerSecond: framesPerSecond ?? best.framesPerSecond.max())
    }
}
