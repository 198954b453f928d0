// SPDX-License-Identifier: Apache-2.0

/// How the gain differs over the frame: thin cloud in front of a bright scene.
///
/// The deviation from the global gain is known at the middles of some twenty cells across the frame, is linear
/// between them, and acts on the light above the dark level. A cell is far larger than a point spread, so that the
/// mesh cannot imitate a flash.
struct LocalGain {
    /// Most cells along a side of the frame.
    static let most = 30

    /// Least side of a cell in pixels: seven widths of the widest point spread that is sought at most frame sizes. A cell
    /// follows a flash of width s as well, by 4π s² over its pixels.
    private static let leastCell = 8

    /// Level of the frame without light, in ADU, which no cloud dims.
    var dark = 0.0
    /// True if the gain is the same everywhere.
    private(set) var isFlat = true
    /// Cells along the rows and the columns.
    let columns: Int
    let rows: Int

    /// Deviations in the middles of the cells, row by row; none before the first change. An array, because what holds a
    /// gain is passed on by value for every row of a frame.
    private var nodes: [Float] = []
    /// Side of a cell in pixels.
    let cellSize: Int
    private let cell: Float
    private let half: SIMD2<Double>

    init(width: Int = 2, height: Int = 2) {
        let cell = max(LocalGain.leastCell, (max(width, height) + LocalGain.most - 1) / LocalGain.most)
        columns = max(1, (width + cell - 1) / cell)
        rows = max(1, (height + cell - 1) / cell)
        cellSize = cell
        self.cell = Float(cell)
        half = SIMD2(Double(width), Double(height)) / 2
    }

    /// Moves the mesh with the scene: what was at (x + columns, y + rows) is then at (x, y). Cells without a source get
    /// what the nearest ones had.
    mutating func scroll(columns shiftX: Int, rows shiftY: Int) {
        guard !isFlat else { return }
        let old = self
        func middle(_ index: Int, _ shift: Int) -> Float { (Float(index) + 0.5) * cell - 0.5 + Float(shift) }
        for row in 0..<rows {
            for column in 0..<columns {
                nodes[row * columns + column] = old.share(x: middle(column, shiftX), y: middle(row, shiftY))
            }
        }
    }

    /// Makes the gain the same everywhere.
    mutating func flatten() {
        for index in nodes.indices { nodes[index] = 0 }
        isFlat = true
    }

    /// Number of the cell that a pixel lies in.
    func cell(column: Int, row: Int) -> Int { row / cellSize * columns + column / cellSize }

    /// Changes the deviation in the middle of a cell.
    mutating func change(cell index: Int, by step: Float) {
        if nodes.isEmpty { nodes = Array(repeating: 0, count: columns * rows) }
        nodes[index] = min(max(nodes[index] + step, -0.9), 9)
        if step != 0 { isFlat = false }
    }

    /// Deviation in the middle of a cell.
    func deviation(cell index: Int) -> Float { nodes.isEmpty ? 0 : nodes[index] }

    /// Changes all deviations alike.
    mutating func shift(by step: Float) {
        guard !isFlat else { return }
        for index in nodes.indices { nodes[index] += step }
    }

    /// Lets all deviations fade by a share.
    mutating func fade(_ share: Float) {
        guard !isFlat else { return }
        for index in nodes.indices { nodes[index] *= 1 - share }
    }

    /// Draws the deviation in a cell towards the mean of its neighbours by a share of the difference.
    mutating func relax(cell index: Int, share: Float) {
        guard !isFlat else { return }
        let (column, row) = (index % columns, index / columns)
        var sum: Float = 0
        var count: Float = 0
        for (x, y) in [(column - 1, row), (column + 1, row), (column, row - 1), (column, row + 1)]
        where x >= 0 && y >= 0 && x < columns && y < rows {
            sum += nodes[y * columns + x]
            count += 1
        }
        if count > 0 { nodes[index] += share * (sum / count - nodes[index]) }
    }

    /// Place of a pixel in the frame: -1 at the left or upper edge, 1 at the right or lower.
    func place(column: Int, row: Int) -> SIMD2<Double> { SIMD2(Double(column), Double(row)) / half - 1 }

    /// Deviation of the gain at a pixel.
    func value(column: Int, row: Int) -> Double { Double(share(column: column, row: row)) }

    /// The same in the precision of samples.
    func share(column: Int, row: Int) -> Float { share(x: Float(column), y: Float(row)) }

    private func share(x column: Float, y row: Float) -> Float {
        guard !isFlat else { return 0 }
        let (x, u) = node(column, below: columns)
        let (y, v) = node(row, below: rows)
        let upper = between(x, y, u)
        return upper + v * (between(x, min(y + 1, rows - 1), u) - upper)
    }

    /// Applies the deviation to a row of predictions.
    func apply(to prediction: ScratchRow, row: Int) {
        guard !isFlat else { return }
        let (y, v) = node(Float(row), below: rows)
        let dark = Float(dark)
        let values = prediction.base
        var first = 0
        // Between the middles of two cells the deviation is linear.
        for x in -1..<columns {
            let last = min(prediction.width, x + 1 < columns ? Int(((Float(x) + 1.5) * cell).rounded(.up)) : .max)
            guard first < last else { continue }
            let left = between(max(x, 0), y, 0) * (1 - v) + between(max(x, 0), min(y + 1, rows - 1), 0) * v
            let next = min(x + 1, columns - 1)
            let right = between(next, y, 0) * (1 - v) + between(next, min(y + 1, rows - 1), 0) * v
            let slope = (right - left) / cell
            let start = left - slope * ((Float(x) + 0.5) * cell - 0.5)
            for column in first..<last {
                values[column] += (start + slope * Float(column)) * (values[column] - dark)
            }
            first = last
        }
    }

    /// The cell whose middle lies before a coordinate, and how far on to the next one the coordinate lies, 0…1.
    private func node(_ coordinate: Float, below count: Int) -> (Int, Float) {
        let position = (coordinate + 0.5) / cell - 0.5
        guard position > 0 else { return (0, 0) }
        let index = min(Int(position), count - 1)
        return (index, index + 1 < count ? position - Float(index) : 0)
    }

    private func between(_ x: Int, _ y: Int, _ u: Float) -> Float {
        let left = nodes[y * columns + x]
        return u == 0 ? left : left + u * (nodes[y * columns + min(x + 1, columns - 1)] - left)
    }
}
