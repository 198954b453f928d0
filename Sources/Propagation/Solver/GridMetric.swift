// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What the equations need to know of a face, in four lanes.
struct FaceMetric: Sendable {
    /// r, r² and r³, the weights of field, mass and angular momentum; 1 in slabs.
    var area1: Lanes, area2: Lanes, area3: Lanes
    /// Radial field.
    var br: Lanes
    /// What scaled variables are to be multiplied by.
    var unscale: ExpansionScale
}

/// What the equations need to know of a cell, in four lanes.
struct CellMetric: Sendable {
    /// One over the integrals of the weights r, r² and r³ over the cell.
    var inverseVolume1: Lanes, inverseVolume2: Lanes, inverseVolume3: Lanes
    /// (A₊ − A₋)/2V: half of what the pressure pushes outwards because the shells widen. With it, uniform pressure is
    /// exactly balanced.
    var widening: Lanes
    /// What exactly balances the stress of the radial field alone.
    var radialTension: Lanes
    /// Radial field.
    var br: Lanes
    /// One over the width.
    var inverseWidth: Lanes
    /// What makes variables scaled ones.
    var scale: ExpansionScale
    /// One over the scale of the pressure.
    var unscalePressure: Lanes
    /// Mean acceleration by gravity.
    var gravity: Lanes
    /// Potential in the middle above that at the lower face, and at the upper face above that in the middle.
    var potentialBelow: Lanes, potentialAbove: Lanes
    /// Least density.
    var densityFloor: Lanes
}

/// The grid as the solver uses it: exact integrals, so that what leaves one cell enters the next.
struct GridMetric: Sendable {
    let faces: [FaceMetric]
    let cells: [CellMetric]

    /// The metric of a grid in a layout.
    init(_ grid: RadialGrid, layout: LaneLayout, configuration: SolverConfiguration) {
        let shape = Shape(grid: grid, gamma: configuration.gas.gamma[0], isScaled: configuration.scalesExpansion)
        let length = layout.length(cells: grid.count)
        let one = Lanes(repeating: 1)
        let gravity = configuration.gravity
        // Without gravity the potential is 0 in the centre, too.
        func potential(_ distance: Double) -> Double { gravity == 0 ? 0 : -gravity / distance }
        let innerArea = shape.power(grid.faces[0], 2)
        func faceLanes(_ place: Int, _ value: (Double) -> Double) -> Lanes {
            // The face above the last cell of a block is the one below the first of the next.
            layout.lanes(at: place, cells: grid.count) { value(grid.faces[$0]) }
        }
        func cellLanes(_ place: Int, _ value: (Int) -> Double) -> Lanes {
            layout.lanes(at: place, cells: grid.count, value)
        }
        faces = (0...length).map { place in
            let area2 = faceLanes(place) { shape.power($0, 2) }
            return FaceMetric(
                area1: faceLanes(place) { shape.power($0, 1) }, area2: area2,
                area3: faceLanes(place) { shape.power($0, 3) },
                br: innerArea > 0 ? configuration.innerRadialField * innerArea / area2 : .zero,
                unscale: ExpansionScale(
                    density: one / faceLanes(place) { shape.scale($0, 2) },
                    pressure: one / faceLanes(place) { shape.scale($0, 2 * shape.gamma) },
                    field: one / faceLanes(place) { shape.scale($0, 1) }))
        }
        let faces = faces
        cells = (0..<length).map { place in
            let lower = faces[place]
            let upper = faces[place + 1]
            let volume2 = one / cellLanes(place) { shape.volume($0, 2) }
            let meanSquare = cellLanes(place) { shape.volume($0, 2) / shape.width($0) }
            let scale = ExpansionScale(
                density: cellLanes(place) { shape.scaleOfCell($0, 2) },
                pressure: cellLanes(place) { shape.scaleOfCell($0, 2 * shape.gamma) },
                field: cellLanes(place) { shape.scaleOfCell($0, 1) })
            let fieldEnergy = upper.br * upper.br * upper.area2 - lower.br * lower.br * lower.area2
            return CellMetric(
                inverseVolume1: one / cellLanes(place) { shape.volume($0, 1) }, inverseVolume2: volume2,
                inverseVolume3: one / cellLanes(place) { shape.volume($0, 3) },
                widening: 0.5 * (upper.area2 - lower.area2) * volume2, radialTension: -0.5 * fieldEnergy * volume2,
                br: innerArea > 0 ? configuration.innerRadialField * innerArea / meanSquare : .zero,
                inverseWidth: one / cellLanes(place) { shape.width($0) }, scale: scale,
                unscalePressure: one / scale.pressure,
                gravity: cellLanes(place) { gravity * shape.width($0) / shape.volume($0, 2) },
                potentialBelow: cellLanes(place) { potential(grid.center($0)) - potential(grid.faces[$0]) },
                potentialAbove: cellLanes(place) { potential(grid.faces[$0 + 1]) - potential(grid.center($0)) },
                densityFloor: cellLanes(place) { configuration.densityFloor / shape.scaleOfCell($0, 2) })
        }
    }

    /// Areas and volumes of one geometry.
    private struct Shape {
        let grid: RadialGrid
        let gamma: Double
        let isScaled: Bool

        func width(_ cell: Int) -> Double { grid.faces[cell + 1] - grid.faces[cell] }

        func power(_ r: Double, _ exponent: Int) -> Double {
            guard grid.geometry == .spherical else { return 1 }
            return (0..<exponent).reduce(1) { result, _ in result * r }
        }

        /// Integral of r to the exponent over the cell.
        func volume(_ cell: Int, _ exponent: Int) -> Double {
            guard grid.geometry == .spherical else { return width(cell) }
            let lower = power(grid.faces[cell], exponent + 1)
            return (power(grid.faces[cell + 1], exponent + 1) - lower) / Double(exponent + 1)
        }

        func scale(_ r: Double, _ exponent: Double) -> Double {
            grid.geometry == .spherical && isScaled && r > 0 ? pow(r, exponent) : 1
        }

        /// Such that the mean over the cell of what falls as expansion makes it is scaled to the same in all cells.
        func scaleOfCell(_ cell: Int, _ exponent: Double) -> Double {
            guard grid.geometry == .spherical, isScaled else { return 1 }
            if exponent == 1 { return volume(cell, 1) / width(cell) }
            return pow(volume(cell, 2) / width(cell), exponent / 2)
        }
    }
}
