// SPDX-License-Identifier: Apache-2.0

import Camera

/// The surroundings of a place in one frame, with the background taken off. Its memory is used again and again.
struct Patch {
    /// Pixels to either side of the centre.
    static let radius = 7
    static let side = 2 * radius + 1

    /// Pixel of the scene in the middle.
    private(set) var column = 0
    private(set) var row = 0
    /// Differences to the background, in ADU, row after row.
    private(set) var difference = [Float](repeating: 0, count: side * side)
    /// Standard deviations of the pixels; infinite for those that say nothing.
    private(set) var deviation = [Float](repeating: .infinity, count: side * side)
    /// Whether each pixel reached the top of its range.
    private(set) var saturated = [Bool](repeating: false, count: side * side)

    /// Index of a pixel at an offset from the middle.
    static func index(_ i: Int, _ j: Int) -> Int { (j + radius) * side + i + radius }

    /// Cuts out the surroundings of a pixel of the scene.
    mutating func load(
        column: Int, row: Int, frame: Frame, background: BackgroundModel, alignment: SceneAlignment
    ) {
        self.column = column
        self.row = row
        let (columns, rows) = alignment.whole
        let weights = (
            x: CubicWeights(offset: -alignment.fraction.x), y: CubicWeights(offset: -alignment.fraction.y)
        )
        let format = background.format
        let white = format.saturationLevel
        for j in -Patch.radius...Patch.radius {
            for i in -Patch.radius...Patch.radius {
                let index = Patch.index(i, j)
                let x = column + i
                let y = row + j
                difference[index] = 0
                deviation[index] = .infinity
                saturated[index] = false
                guard (0..<format.width).contains(x), (0..<format.height).contains(y),
                    (0..<format.width).contains(x + columns), (0..<format.height).contains(y + rows),
                    background.mask[x + columns, y + rows] == 0
                else { continue }
                let value = frame[x + columns, y + rows]
                let expected = background.prediction(column: x, row: y, alignment: alignment, weights: weights)
                guard expected < 0.97 * Float(white) else { continue }
                difference[index] = Float(value) - expected
                deviation[index] = background.deviation[x, y]
                saturated[index] = value >= white
            }
        }
    }

    /// Adds another patch of the same place, weighted; both must have the same middle.
    mutating func add(_ other: Patch, weight: Float) {
        for index in difference.indices {
            difference[index] += weight * other.difference[index]
            if other.saturated[index] { saturated[index] = true }
            if !other.deviation[index].isFinite { deviation[index] = .infinity }
        }
    }

    /// Multiplies differences, and deviations by another factor: a weighted sum becomes a weighted mean.
    mutating func scale(differences: Float, deviations: Float) {
        for index in difference.indices {
            difference[index] *= differences
            deviation[index] *= deviations
        }
    }

    /// Sets all differences to 0 and keeps the deviations.
    mutating func clearDifferences() {
        for index in difference.indices { difference[index] = 0 }
    }

    /// Score of a pixel in standard deviations, 0 if it says nothing.
    func score(_ i: Int, _ j: Int) -> Double {
        let index = Patch.index(i, j)
        return Double(difference[index] / deviation[index])
    }
}
