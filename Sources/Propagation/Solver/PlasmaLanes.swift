// SPDX-License-Identifier: Apache-2.0

/// Primitive variables of the plasma in four lanes, in the solver's units: masses in proton masses a cm³, velocities in
/// km/s, pressures in m_p cm⁻³ km² s⁻², fields such that B²/2 is the magnetic pressure.
struct PlasmaLanes: Sendable {
    /// Mass density ρ.
    var density: Lanes
    /// Radial, tangential and normal velocity.
    var ur: Lanes, ut: Lanes, un: Lanes
    /// Thermal pressure p.
    var pressure: Lanes
    /// Tangential and normal magnetic field.
    var bt: Lanes, bn: Lanes
    /// Mark that the plasma carries along, 0…1.
    var quality: Lanes

    /// Nothing everywhere.
    static let zero = PlasmaLanes(
        density: .zero, ur: .zero, ut: .zero, un: .zero, pressure: .zero, bt: .zero, bn: .zero, quality: .zero)

    /// A function of the variables of two and three places, one after the other.
    @inline(__always)
    static func combine(
        _ a: PlasmaLanes, _ b: PlasmaLanes, _ function: (Lanes, Lanes) -> Lanes
    ) -> PlasmaLanes {
        PlasmaLanes(
            density: function(a.density, b.density), ur: function(a.ur, b.ur), ut: function(a.ut, b.ut),
            un: function(a.un, b.un), pressure: function(a.pressure, b.pressure), bt: function(a.bt, b.bt),
            bn: function(a.bn, b.bn), quality: function(a.quality, b.quality))
    }

    /// A function of every variable.
    @inline(__always)
    func map(_ function: (Lanes) -> Lanes) -> PlasmaLanes {
        PlasmaLanes(
            density: function(density), ur: function(ur), ut: function(ut), un: function(un),
            pressure: function(pressure), bt: function(bt), bn: function(bn), quality: function(quality))
    }

    /// The first where the mask is true, else the second.
    @inline(__always)
    static func choose(_ mask: LaneMask, _ yes: PlasmaLanes, _ no: PlasmaLanes) -> PlasmaLanes {
        combine(yes, no) { $1.replacing(with: $0, where: mask) }
    }

    /// The variables that are reconstructed: what expansion alone would change is multiplied by what it changes with.
    @inline(__always)
    func scaled(by scale: ExpansionScale) -> PlasmaLanes {
        var result = self
        result.density *= scale.density
        result.pressure *= scale.pressure
        result.bt *= scale.field
        result.bn *= scale.field
        return result
    }
}

/// r², r^2γ and r, or 1 without expansion; or one over them.
struct ExpansionScale: Sendable {
    /// For the density.
    var density: Lanes
    /// For the pressure.
    var pressure: Lanes
    /// For the tangential and normal field.
    var field: Lanes
}
