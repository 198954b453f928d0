// SPDX-License-Identifier: Apache-2.0

/// Pixels of the background that fix how a frame lies: where the brightness changes steeply (limb, terminator,
/// craters, belts, stars), spread over the frame, and a few others that fix gain and level.
///
/// Value and slopes are noted when a pixel is chosen, so that registering a frame reads nothing of the background. A
/// few cells are chosen anew with every frame, because the background learns.
///
/// Reference: Dellaert, F., Collins, R. (1999), *Fast image-based tracking by selective pixel integration*, ICCV
/// workshop on frame-rate vision.
struct SceneFeatures {
    /// A pixel of the background.
    struct Feature {
        var column: Int32 = 0
        var row: Int32 = 0
        /// Mean, in ADU.
        var value: Float = 0
        /// Slopes of the mean, in ADU per pixel.
        var slopeX: Float = 0
        var slopeY: Float = 0
        /// One over the standard deviation of a sample; 0 for a place that is not taken.
        var inverseDeviation: Float = 0
    }

    /// Pixels between a feature and the edge of the frame, at least.
    static let border = 6
    /// Steep pixels of a cell: half of them along the rows, half along the columns, so that both coordinates are
    /// fixed where the limb stands upright, too. One more fixes gain and level.
    static let steepPerCell = 8
    private static let perCell = steepPerCell + 1
    private static let cellsAcross = 24
    /// Frames in which every cell is chosen anew once.
    private static let refreshFrames = 32
    /// Least squared slope in units of its variance: five standard errors.
    private static let leastStrength: Float = 25
    /// Features below which nothing is registered.
    private static let leastCount = 24

    /// Cell after cell; places of a cell that are not taken have an `inverseDeviation` of 0.
    private(set) var features: [Feature]
    /// Steep pixels found.
    private(set) var steepCount = 0

    private let cell: Int
    private let columns: Int
    private let rows: Int
    private var steepInCell: [Int]
    private var nextCell = 0

    /// A grid for frames of a size, with nothing chosen.
    init(width: Int, height: Int) {
        cell = max(8, max(width, height) / SceneFeatures.cellsAcross)
        columns = max(0, (width - 2 * SceneFeatures.border + cell - 1) / cell)
        rows = max(0, (height - 2 * SceneFeatures.border + cell - 1) / cell)
        features = [Feature](repeating: Feature(), count: columns * rows * SceneFeatures.perCell)
        steepInCell = [Int](repeating: 0, count: columns * rows)
    }

    /// True if there are enough of them to register a frame.
    var suffice: Bool { steepCount >= SceneFeatures.leastCount }

    /// Number of cells.
    var cellCount: Int { steepInCell.count }

    /// The pixels of a cell.
    func features(inCell index: Int) -> ArraySlice<Feature> {
        features[(index * SceneFeatures.perCell)..<((index + 1) * SceneFeatures.perCell)]
    }

    /// The steepest pixel of a cell along the rows (`axis` 0) or the columns (1).
    func steepest(inCell index: Int, axis: Int) -> Feature {
        features[index * SceneFeatures.perCell + axis * SceneFeatures.steepPerCell / 2]
    }

    /// Chooses all cells anew.
    mutating func chooseAll(_ background: BackgroundModel) {
        for index in 0..<cellCount { choose(index, background) }
    }

    /// Chooses the next few cells anew.
    mutating func chooseSome(_ background: BackgroundModel) {
        guard cellCount > 0 else { return }
        for _ in 0..<(cellCount / SceneFeatures.refreshFrames + 1) {
            choose(nextCell, background)
            nextCell = (nextCell + 1) % cellCount
        }
    }

    /// Chooses the pixels of a cell that are steepest compared with their noise and not saturated.
    private mutating func choose(_ index: Int, _ background: BackgroundModel) {
        let mean = background.mean
        let border = SceneFeatures.border
        let left = border + index % columns * cell
        let top = border + index / columns * cell
        let saturation = 0.95 * Float(background.format.saturationLevel)
        // A mean over n frames has 1/n of the variance; a slope over three rows 1/6 of that.
        let frames = 6 * Float(min(max(background.framesLearnt, 1), 64))
        let half = SceneFeatures.steepPerCell / 2
        let first = index * SceneFeatures.perCell
        for place in first..<(first + SceneFeatures.perCell) { features[place] = Feature() }
        for y in top..<min(top + cell, mean.height - border) {
            for x in left..<min(left + cell, mean.width - border) where mean[x, y] < saturation {
                let slope = SceneFeatures.gradient(mean, x, y)
                let least = SceneFeatures.leastStrength / frames
                let inverse = 1 / background.deviation[x, y]
                let strength = SIMD2(slope.dx * slope.dx, slope.dy * slope.dy) * (inverse * inverse)
                guard strength.x + strength.y > least else { continue }
                let feature = Feature(
                    column: Int32(x), row: Int32(y), value: mean[x, y], slopeX: slope.dx, slopeY: slope.dy,
                    inverseDeviation: inverse)
                // A pixel serves the coordinate in which it is steeper.
                let start = strength.x >= strength.y ? first : first + half
                insert(feature, from: start, count: half)
            }
        }
        steepCount -= steepInCell[index]
        steepInCell[index] = features[first..<(first + 2 * half)].count { $0.inverseDeviation > 0 }
        steepCount += steepInCell[index]
        let x = min(left + cell / 2, mean.width - 1 - border)
        let y = min(top + cell / 2, mean.height - 1 - border)
        guard mean[x, y] < saturation else { return }
        let slope = SceneFeatures.gradient(mean, x, y)
        features[first + 2 * half] = Feature(
            column: Int32(x), row: Int32(y), value: mean[x, y], slopeX: slope.dx, slopeY: slope.dy,
            inverseDeviation: 1 / background.deviation[x, y])
    }

    /// Keeps the strongest `count` features from `start` on, in falling order.
    private mutating func insert(_ feature: Feature, from start: Int, count: Int) {
        func strength(_ feature: Feature) -> Float {
            let square = feature.slopeX * feature.slopeX + feature.slopeY * feature.slopeY
            return square * feature.inverseDeviation * feature.inverseDeviation
        }
        let own = strength(feature)
        guard own > strength(features[start + count - 1]) else { return }
        var place = start + count - 1
        while place > start, strength(features[place - 1]) < own {
            features[place] = features[place - 1]
            place -= 1
        }
        features[place] = feature
    }

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
