// SPDX-License-Identifier: Apache-2.0

/// How often the solver had to leave its main path. A product says so.
public struct SolverCounts: Sendable, Hashable {
    /// Steps taken.
    public var steps = 0
    /// Cells times steps.
    public var cellSteps = 0
    /// Faces at which HLLD gave no valid fan and HLL took its place.
    public var hllFallbacks = 0
    /// Cells in which a reconstructed density or pressure was not positive and the mean was taken.
    public var flatCells = 0
    /// Cells whose step was taken again at first order because density or pressure went out of bounds.
    public var repeatedCells = 0
    /// Cells in which the equation of internal energy was used, because hardly any of the energy is thermal.
    public var internalEnergyCells = 0
    /// Cells whose density was raised to its floor.
    public var densityFloors = 0
    /// Cells whose pressure was raised to its floor.
    public var pressureFloors = 0

    /// Nothing counted yet.
    public init() {}

    /// Both counts together.
    public static func + (a: SolverCounts, b: SolverCounts) -> SolverCounts {
        var sum = a
        sum.steps += b.steps
        sum.cellSteps += b.cellSteps
        sum.hllFallbacks += b.hllFallbacks
        sum.flatCells += b.flatCells
        sum.repeatedCells += b.repeatedCells
        sum.internalEnergyCells += b.internalEnergyCells
        sum.densityFloors += b.densityFloors
        sum.pressureFloors += b.pressureFloors
        return sum
    }

    /// Name and number of each, for products.
    public var listed: [(name: String, count: Int)] {
        [
            ("steps", steps), ("cell_steps", cellSteps), ("hll_fallbacks", hllFallbacks), ("flat_cells", flatCells),
            ("repeated_cells", repeatedCells), ("internal_energy_cells", internalEnergyCells),
            ("density_floors", densityFloors), ("pressure_floors", pressureFloors),
        ]
    }
}
