// SPDX-License-Identifier: Apache-2.0

/// The noise of an image, part by part: that of dark sky differs from that of a bright disk.
///
/// It is measured by what a pixel differs from the mean of its four neighbours, which gentle slopes do not change. Of
/// Gaussian noise σ the median of that difference is 0.674 √1.25 σ = 0.754 σ.
struct LocalNoise {
    private let columns: Int
    private let rows: Int
    private var medians: [Float]

    /// Side of a part, in pixels. A limb that crosses one covers less than a quarter of it.
    private static let side = 32
    /// Standard deviation for images without noise.
    private static let floor: Float = 1e-4

    /// Measures an image. Each part gets the greatest noise of itself and its neighbours, so that the dark side of a
    /// limb is judged by the bright one's.
    init(_ image: BackgroundImage) {
        let width = image.width
        let height = image.height
        let columns = (width + LocalNoise.side - 1) / LocalNoise.side
        let rows = (height + LocalNoise.side - 1) / LocalNoise.side
        var own = [Float](repeating: 0, count: columns * rows)
        for row in 0..<rows {
            for column in 0..<columns {
                own[row * columns + column] = LocalNoise.median(image, column: column, row: row) / 0.754
            }
        }
        self.columns = columns
        self.rows = rows
        medians = own
        for row in 0..<rows {
            for column in 0..<columns {
                for j in max(0, row - 1)...min(rows - 1, row + 1) {
                    for i in max(0, column - 1)...min(columns - 1, column + 1) {
                        medians[row * columns + column] = max(medians[row * columns + column], own[j * columns + i])
                    }
                }
            }
        }
    }

    /// Standard deviation around a pixel, in ADU.
    func around(_ x: Int, _ y: Int) -> Float {
        max(LocalNoise.floor, medians[y / LocalNoise.side * columns + x / LocalNoise.side])
    }

    /// Median difference of every second pixel of a part, without the image's border.
    private static func median(_ image: BackgroundImage, column: Int, row: Int) -> Float {
        let width = image.width
        var sample: [Float] = []
        for y in stride(from: max(1, row * side), to: min(image.height - 1, (row + 1) * side), by: 2) {
            for x in stride(from: max(1, column * side), to: min(width - 1, (column + 1) * side), by: 2) {
                let i = y * width + x
                let around =
                    image.values[i - 1] + image.values[i + 1] + image.values[i - width] + image.values[i + width]
                sample.append(abs(image.values[i] - 0.25 * around))
            }
        }
        sample.sort()
        return sample.isEmpty ? 0 : sample[sample.count / 2]
    }
}
