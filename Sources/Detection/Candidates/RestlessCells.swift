// SPDX-License-Identifier: Apache-2.0

/// Cells of 4 × 4 pixels in which spots appear over and over: twinkling stars, lamps, clock displays.
///
/// A cell is restless when spots were seen in it in more than three frames spread over more than sixteen, and stays
/// so until it has been quiet for a while. Only past frames count. Spots of a track that surely moves are not noted,
/// so that a slow fireball does not silence its own path.
struct RestlessCells {
    private struct Cell {
        var hits: Int32 = 0
        var first: Int32 = 0
        var last: Int32 = .min / 2
        /// When the cell had been hit often enough to be restless.
        var restlessSince: Int32 = .max
    }

    private static let size = 4
    private static let quietFrames: Int32 = 750
    private var cells: [Cell]
    private let columns: Int
    private let rows: Int

    init(width: Int, height: Int) {
        columns = width / RestlessCells.size + 1
        rows = height / RestlessCells.size + 1
        cells = [Cell](repeating: Cell(), count: columns * rows)
    }

    /// Notes a spot at a place of the scene.
    mutating func note(_ place: SIMD2<Double>, frame: Int) {
        let now = Int32(truncatingIfNeeded: frame)
        forCell(of: place) { cell in
            if now &- cell.last > RestlessCells.quietFrames { cell = Cell(hits: 0, first: now, last: now) }
            if cell.hits == 0 || now != cell.last { cell.hits = min(cell.hits + 1, 1000) }
            cell.last = now
            if cell.hits > 3, now &- cell.first > 16 { cell.restlessSince = min(cell.restlessSince, now) }
        }
    }

    /// True if spots at a place say nothing. Neighbouring cells count, because places scatter.
    func isRestless(_ place: SIMD2<Double>, frame: Int) -> Bool {
        let now = Int32(truncatingIfNeeded: frame)
        let column = Int(place.x) / RestlessCells.size
        let row = Int(place.y) / RestlessCells.size
        for y in max(row - 1, 0)...max(min(row + 1, rows - 1), 0) {
            for x in max(column - 1, 0)...max(min(column + 1, columns - 1), 0) where y < rows && x < columns {
                let cell = cells[y * columns + x]
                if cell.restlessSince <= now, now &- cell.last <= RestlessCells.quietFrames {
                    return true
                }
            }
        }
        return false
    }

    private mutating func forCell(of place: SIMD2<Double>, _ body: (inout Cell) -> Void) {
        let column = min(max(Int(place.x) / RestlessCells.size, 0), columns - 1)
        let row = min(max(Int(place.y) / RestlessCells.size, 0), rows - 1)
        body(&cells[row * columns + column])
    }
}
