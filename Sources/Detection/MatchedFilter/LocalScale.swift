// SPDX-License-Identifier: Apache-2.0

/// How wide the matched filter's output is, in each cell of 16 × 16 pixels, over the last few hundred samples.
///
/// The pixels' own standard deviations make the output 1 wide where neighbours are independent. At a limb in bad
/// seeing, on twinkling stars and in compressed video they are not; there the output is wider and must be divided
/// by its width, or an edge would become a flash. Widths below 1 count as 1.
struct LocalScale {
    private static let cell = 16
    /// Weight of a new sample. A cell gets about five samples a frame.
    private static let rate: Float = 1 / 512

    private static let typicalCells = 255

    private let width: Int
    private let columns: Int
    private var meanSquare: [Float]
    private var samples: [Float]

    init(width: Int, height: Int) {
        self.width = width
        columns = (width + LocalScale.cell - 1) / LocalScale.cell
        let rows = (height + LocalScale.cell - 1) / LocalScale.cell
        meanSquare = [Float](repeating: 1, count: columns * rows)
        samples = [Float](repeating: 8, count: columns * rows)
    }

    /// Learns from every `step`-th pixel of a row of the output. Large values count as 3.5 widths, so that an event
    /// hardly matters.
    mutating func learn(_ values: UnsafePointer<Int16>, first: Int, step: Int, row: Int, unit: Float) {
        let cells = (row / LocalScale.cell) * columns
        meanSquare.withUnsafeMutableBufferPointer { meanSquare in
            samples.withUnsafeMutableBufferPointer { samples in
                for x in stride(from: first, to: width, by: step) {
                    let index = cells + x / LocalScale.cell
                    let value = Float(values[x]) / unit
                    let old = meanSquare[index]
                    let square = min(value * value, 12.25 * old)
                    samples[index] += 1
                    let rate = samples[index] < 1 / LocalScale.rate ? 1 / samples[index] : LocalScale.rate
                    meanSquare[index] = old + rate * (square - old)
                }
            }
        }
    }

    /// Moves the widths with the scene: what was at (x + shiftX, y + shiftY) is then at (x, y). A cell gets the widest
    /// of those that it then covers, and one that shows what was never seen learns anew from the widest of its
    /// neighbours: no edge shall become a flash because it lies in another cell.
    mutating func scroll(columns shiftX: Int, rows shiftY: Int) {
        let rows = meanSquare.count / columns
        let old = meanSquare
        func covered(_ index: Int, _ shift: Int, _ count: Int) -> ClosedRange<Int> {
            let first = (Double(index * LocalScale.cell + shift) / Double(LocalScale.cell)).rounded(.down)
            let last = (Double((index + 1) * LocalScale.cell + shift - 1) / Double(LocalScale.cell)).rounded(.down)
            func inside(_ cell: Double) -> Int { min(max(Int(cell), 0), count - 1) }
            return inside(first)...inside(last)
        }
        for row in 0..<rows {
            for column in 0..<columns {
                var widest: Float = 0
                for y in covered(row, shiftY, rows) {
                    for x in covered(column, shiftX, columns) { widest = max(widest, old[y * columns + x]) }
                }
                meanSquare[row * columns + column] = widest
            }
        }
    }

    /// The width in most cells, at least 1: the median of as many cells, evenly spread, as make it certain.
    ///
    /// An event of a hundred frames widens the sums in its own cell before it is over, and hardly any other.
    var typicalWidth: Float {
        let step = max(1, meanSquare.count / LocalScale.typicalCells)
        var widths = stride(from: 0, to: meanSquare.count, by: step).map { meanSquare[$0] }
        return max(1, RobustScale.median(&widths, count: widths.count).squareRoot())
    }

    /// The width at a pixel, at least 1.
    func width(column: Int, row: Int) -> Float {
        let value = meanSquare[(row / LocalScale.cell) * columns + column / LocalScale.cell]
        return max(1, value.squareRoot())
    }
}
