// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Paints the night sky, and knows the stars so that they can twinkle.
struct StarFieldPainter {
    /// A star at its undisturbed place.
    struct Star: Sendable, Hashable {
        let x: Double
        let y: Double
        /// Mean electrons a frame.
        let electrons: Double
    }

    /// All stars, the brightest first.
    let stars: [Star]
    private let sky: SkyAppearance
    private let sigma: Double
    private let halfWidth: Double
    private let halfHeight: Double

    init(_ configuration: SceneConfiguration) {
        sky = configuration.sky
        sigma = configuration.pointSpreadSigmaPixels
        halfWidth = 0.5 * Double(configuration.width)
        halfHeight = 0.5 * Double(configuration.height)
        var random = Xoshiro256(seed: configuration.seed, stream: 12)
        // Counts of stars grow by a factor of about 3 with each magnitude.
        let slope = 0.5
        let range = sky.faintestMagnitude - sky.brightestMagnitude
        let ratio = pow(10, -slope * range)
        var stars: [Star] = []
        for _ in 0..<sky.starCount {
            let x = random.uniform(-0.5, Double(configuration.width) - 0.5)
            let y = random.uniform(-0.5, Double(configuration.height) - 0.5)
            let magnitude = sky.faintestMagnitude + log10(ratio + (1 - ratio) * (1 - random.uniform())) / slope
            stars.append(Star(x: x, y: y, electrons: sky.electronsOfMagnitudeZero * pow(10, -0.4 * magnitude)))
        }
        self.stars = stars.sorted { ($0.electrons, $0.x, $0.y) > ($1.electrons, $1.x, $1.y) }
    }

    func paint(on plane: inout LightPlane) {
        plane.fill { x, y in
            let dx = (x - halfWidth) / halfWidth
            let dy = (y - halfHeight) / halfHeight
            let height = min(max(0.5 * (dy + 1), 0), 1)
            let vignette = max(0, 1 - sky.vignetting * 0.5 * (dx * dx + dy * dy))
            return sky.skyElectronsPerPixel * (1 + sky.horizonBrightening * height * height) * vignette
        }
        for star in stars { plane.addPoint(x: star.x, y: star.y, sigma: sigma, electrons: star.electrons) }
    }
}
