// SPDX-License-Identifier: Apache-2.0

/// What the four lanes of the solver hold.
enum LaneLayout: Sendable, Hashable {
    /// One run: each lane has a fourth of the cells, the first lane the innermost ones.
    case blocks
    /// Four runs: each lane has all cells of one member.
    case members

    /// Places along the array for a number of cells.
    func length(cells: Int) -> Int { self == .blocks ? cells / Lanes.scalarCount : cells }

    /// A number for each place and lane from a function of the cell.
    func lanes(at place: Int, cells: Int, _ value: (Int) -> Double) -> Lanes {
        switch self {
        case .members: return Lanes(repeating: value(place))
        case .blocks:
            let length = length(cells: cells)
            var result = Lanes()
            for lane in 0..<Lanes.scalarCount { result[lane] = value(lane * length + place) }
            return result
        }
    }

    /// Where a cell of a member is.
    func index(cell: Int, member: Int, cells: Int) -> (place: Int, lane: Int) {
        guard self == .blocks else { return (cell, member) }
        let length = length(cells: cells)
        return (cell % length, cell / length)
    }
}
