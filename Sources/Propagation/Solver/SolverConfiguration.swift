// SPDX-License-Identifier: Apache-2.0

/// How the solver computes.
struct SolverConfiguration: Sendable {
    /// What happens at an end of the grid.
    enum Boundary: Sendable, Hashable {
        /// The caller gives the plasma.
        case prescribed
        /// All waves leave.
        case outflow
        /// A wall.
        case reflecting
        /// The other end follows; needs the same at the other end.
        case periodic
    }

    /// Strong-stability-preserving Runge–Kutta methods (Gottlieb, Shu and Tadmor 2001, SIAM Review 43, 89).
    enum TimeStepping: Sendable, Hashable {
        /// Two stages, second order.
        case secondOrder
        /// Three stages, third order.
        case thirdOrder

        /// Weight of the state before the step, weight of the stage, and time of the stage in steps.
        var stages: [(base: Double, stage: Double, time: Double)] {
            switch self {
            case .secondOrder: [(0, 1, 0), (0.5, 0.5, 1)]
            case .thirdOrder: [(0, 1, 0), (0.75, 0.25, 1), (1.0 / 3, 2.0 / 3, 0.5)]
            }
        }
    }

    /// The gas.
    var gas = GasLaw(gamma: Lanes(repeating: 5.0 / 3))
    /// How variables run within cells.
    var reconstruction = Reconstruction.linear
    /// How the time is stepped.
    var timeStepping = TimeStepping.secondOrder
    /// Courant number: part of a cell that the fastest wave may cross in a step.
    var courant = 0.45
    /// Radial field at the inner face, in the solver's unit; it falls with r², or stays in slabs.
    var innerRadialField = Lanes.zero
    /// G times the mass of the Sun in km² s⁻² AU; 0 for none.
    var gravity = 0.0
    /// Whether density, pressure and field are reconstructed without their fall by expansion. A wind is more accurate so;
    /// a sphere at rest stays exactly at rest only without.
    var scalesExpansion = true
    /// Where the gas comes from.
    var inner = Boundary.prescribed
    /// Where it goes to.
    var outer = Boundary.outflow
    /// Least density at the distance 1; it falls with r².
    var densityFloor = 1e-3
    /// Least ratio p/ρ in km² s⁻².
    var pressureFloorPerDensity = 0.0
    /// Where thermal energy is less than this share of all in an expansion, the equation of internal energy is used
    /// (Bryan et al. 1995, Comput. Phys. Commun. 89, 149, who take the same share).
    var internalEnergyShare = 1e-3
}
