// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Cells along the radius, or along a line for tests of the solver.
public struct RadialGrid: Sendable, Hashable {
    /// What the cells are cut out of.
    public enum Geometry: String, Sendable, Hashable {
        /// Shells of a sphere around the Sun.
        case spherical
        /// Slabs of equal area.
        case cartesian
    }

    /// Cells come in such multiples, so that they can be cut into blocks for the lanes of any processor.
    static let cellMultiple = 8

    /// Distances of the faces in AU, ascending, one more than cells; the cells are a multiple of eight.
    public let faces: [Double]
    /// Shape of the cells.
    public let geometry: Geometry

    /// Number of cells.
    public var count: Int { faces.count - 1 }

    /// Cells of one width.
    ///
    /// - Parameter count: number of cells, a multiple of eight of at least 32.
    public static func uniform(from inner: Double, to outer: Double, count: Int, geometry: Geometry) -> RadialGrid {
        precondition(count >= 32 && count % cellMultiple == 0, "blocks of equal length need a multiple of eight cells")
        let width = (outer - inner) / Double(count)
        return RadialGrid(faces: (0...count).map { inner + Double($0) * width }, geometry: geometry)
    }

    /// Cells of one width up to a distance, from there on growing in proportion to the distance.
    ///
    /// The outermost face lies at `outer` or beyond, as the multiple of eight demands.
    ///
    /// - Parameters:
    ///   - width: width of the inner cells in AU.
    ///   - uniformTo: distance in AU up to which the cells have that width.
    public static func stretched(from inner: Double, to outer: Double, width: Double, uniformTo: Double) -> RadialGrid {
        precondition(width > 0 && outer > inner, "a grid needs cells")
        var faces = [inner]
        var last = inner
        // The width at a face decides about the cell above it; beyond the uniform part it is in proportion to the place.
        while last < outer || faces.count <= 32 || (faces.count - 1) % cellMultiple != 0 {
            last += width * max(1, last / max(uniformTo, inner))
            faces.append(last)
        }
        return RadialGrid(faces: faces, geometry: .spherical)
    }

    /// Middle of a cell in AU.
    public func center(_ cell: Int) -> Double { 0.5 * (faces[cell] + faces[cell + 1]) }

    /// The cell that holds a distance; the first or last one for distances outside.
    func cell(at distance: Double) -> Int {
        var low = 0
        var high = count
        while high - low > 1 {
            let middle = (low + high) / 2
            if faces[middle] <= distance { low = middle } else { high = middle }
        }
        return low
    }
}
