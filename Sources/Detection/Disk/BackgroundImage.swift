// SPDX-License-Identifier: Apache-2.0

/// What the scene usually shows, in the coordinates of one frame: the mean that the detector compares frames with.
public struct BackgroundImage: Sendable {
    /// Columns.
    public let width: Int
    /// Rows.
    public let height: Int
    /// Mean of every pixel in ADU, row by row.
    public let values: [Float]
    /// Place of the first pixel's centre in the frame, in pixels: on a wandering scene not (0, 0).
    public let origin: SIMD2<Double>
    /// Level from which on pixels are saturated, in ADU.
    public let saturationADU: Float

    /// An image from its parts; `values` has `width × height` elements.
    public init(
        width: Int, height: Int, values: [Float], origin: SIMD2<Double> = .zero, saturationADU: Float = .infinity
    ) {
        precondition(values.count == width * height, "an image has width × height values")
        self.width = width
        self.height = height
        self.values = values
        self.origin = origin
        self.saturationADU = saturationADU
    }

    /// The image with blocks of `factor` × `factor` pixels averaged; a block with a saturated pixel is saturated.
    func binned(by factor: Int) -> BackgroundImage {
        guard factor > 1 else { return self }
        let columns = width / factor
        let rows = height / factor
        var binned = [Float](repeating: 0, count: columns * rows)
        let weight = 1 / Float(factor * factor)
        for y in 0..<rows {
            for x in 0..<columns {
                var sum: Float = 0
                var highest: Float = 0
                for j in 0..<factor {
                    for i in 0..<factor {
                        let value = values[(y * factor + j) * width + x * factor + i]
                        sum += value
                        highest = max(highest, value)
                    }
                }
                binned[y * columns + x] = highest >= saturationADU ? saturationADU : sum * weight
            }
        }
        return BackgroundImage(
            width: columns, height: rows, values: binned, origin: .zero, saturationADU: saturationADU)
    }
}
