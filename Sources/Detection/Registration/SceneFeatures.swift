// SPDX-License-Identifier: Apache-2.0

/// Pixels of the background whose brightness changes steeply, spread over the frame: limb, terminator, craters,
/// belts, stars. They fix where the scene lies.
struct SceneFeatures {
    /// A pixel, never nearer than `border` to the edge of the frame.
    struct Feature {
        var column: Int
        var row: Int
    }

    static let border = 6
    private static let cells = 24
    private static let perCell = 2

    private(set) var features: [Feature] = []

    /// Chooses the steepest pixels of each cell of a grid.
    ///
    /// A pixel qualifies if its gradient over three rows or columns stands out of the noise by five standard errors
    /// and it is not saturated.
    init(background: BackgroundModel) {
        let mean = background.mean
        let border = SceneFeatures.border
        let cell = max(8, max(mean.width, mean.height) / SceneFeatures.cells)
        let saturation = 0.95 * Float(background.format.saturationLevel)
        let learnt = Float(min(max(background.framesLearnt, 1), 64))
        var top = border
        while top < mean.height - border {
            var left = border
            while left < mean.width - border {
                var best: [(strength: Float, feature: Feature)] = []
                for y in top..<min(top + cell, mean.height - border) {
                    for x in left..<min(left + cell, mean.width - border) {
                        guard mean[x, y] < saturation else { continue }
                        let (dx, dy) = SceneFeatures.gradient(mean, x, y)
                        let noise = background.deviation[x, y]
                        let strength = (dx * dx + dy * dy) / (noise * noise) * learnt * 6
                        guard strength > 25 else { continue }
                        if best.count < SceneFeatures.perCell {
                            best.append((strength, Feature(column: x, row: y)))
                        } else if let weakest = best.indices.min(by: { best[$0].strength < best[$1].strength }),
                            best[weakest].strength < strength
                        {
                            best[weakest] = (strength, Feature(column: x, row: y))
                        }
                    }
                }
                features.append(contentsOf: best.map(\.feature))
                left += cell
            }
            top += cell
        }
    }

    /// True if there are enough of them to register a frame.
    var suffice: Bool { features.count >= 24 }

    /// Slope of the mean in ADU per pixel, over three rows or columns.
    static func gradient(_ mean: MeanPlane, _ x: Int, _ y: Int) -> (dx: Float, dy: Float) {
        var dx: Float = 0
        var dy: Float = 0
        for k in -1...1 {
            dx += mean[x + 1, y + k] - mean[x - 1, y + k]
            dy += mean[x + k, y + 1] - mean[x + k, y - 1]
        }
        return (dx / 6, dy / 6)
    }
}
