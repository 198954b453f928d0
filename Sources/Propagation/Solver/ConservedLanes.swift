// SPDX-License-Identifier: Apache-2.0

/// What is conserved, a unit of volume, in four lanes; also the fluxes of it.
struct ConservedLanes: Sendable {
    /// Mass ρ.
    var mass: Lanes
    /// Momentum ρu.
    var mr: Lanes, mt: Lanes, mn: Lanes
    /// Thermal, kinetic and magnetic energy.
    var energy: Lanes
    /// Tangential and normal field.
    var bt: Lanes, bn: Lanes
    /// Mass times quality.
    var tracer: Lanes

    /// Nothing everywhere.
    static let zero = ConservedLanes(
        mass: .zero, mr: .zero, mt: .zero, mn: .zero, energy: .zero, bt: .zero, bn: .zero, tracer: .zero)

    /// The conserved form of primitive variables in a radial field.
    @inline(__always)
    init(_ w: PlasmaLanes, br: Lanes, gas: GasLaw) {
        mass = w.density
        mr = w.density * w.ur
        mt = w.density * w.ut
        mn = w.density * w.un
        energy =
            w.pressure * gas.inverseGammaMinus1 + 0.5 * (mr * w.ur + mt * w.ut + mn * w.un)
            + 0.5 * (br * br + w.bt * w.bt + w.bn * w.bn)
        bt = w.bt
        bn = w.bn
        tracer = w.density * w.quality
    }

    /// From the parts.
    @inline(__always)
    init(mass: Lanes, mr: Lanes, mt: Lanes, mn: Lanes, energy: Lanes, bt: Lanes, bn: Lanes, tracer: Lanes) {
        self.mass = mass
        self.mr = mr
        self.mt = mt
        self.mn = mn
        self.energy = energy
        self.bt = bt
        self.bn = bn
        self.tracer = tracer
    }

    /// A function of each quantity of two places.
    @inline(__always)
    static func combine(
        _ a: ConservedLanes, _ b: ConservedLanes, _ function: (Lanes, Lanes) -> Lanes
    ) -> ConservedLanes {
        ConservedLanes(
            mass: function(a.mass, b.mass), mr: function(a.mr, b.mr), mt: function(a.mt, b.mt),
            mn: function(a.mn, b.mn), energy: function(a.energy, b.energy), bt: function(a.bt, b.bt),
            bn: function(a.bn, b.bn), tracer: function(a.tracer, b.tracer))
    }

    /// The first where the mask is true, else the second.
    @inline(__always)
    static func choose(_ mask: LaneMask, _ yes: ConservedLanes, _ no: ConservedLanes) -> ConservedLanes {
        combine(yes, no) { $1.replacing(with: $0, where: mask) }
    }

    /// Sets a lane to that of another.
    mutating func take(lane: Int, of other: ConservedLanes) {
        mass[lane] = other.mass[lane]
        mr[lane] = other.mr[lane]
        mt[lane] = other.mt[lane]
        mn[lane] = other.mn[lane]
        energy[lane] = other.energy[lane]
        bt[lane] = other.bt[lane]
        bn[lane] = other.bn[lane]
        tracer[lane] = other.tracer[lane]
    }

    /// Thermal pressure; not positive where the energy does not suffice for motion and field.
    @inline(__always)
    func pressure(br: Lanes, gas: GasLaw) -> Lanes {
        let kinetic = 0.5 * (mr * mr + mt * mt + mn * mn) / mass
        return gas.gammaMinus1 * (energy - kinetic - 0.5 * (br * br + bt * bt + bn * bn))
    }
}

/// How pressure and internal energy hang together, for each lane.
struct GasLaw: Sendable {
    /// Ratio of specific heats γ.
    let gamma: Lanes
    /// γ − 1; 1 for an isothermal gas, whose energy nobody asks for.
    let gammaMinus1: Lanes
    /// 1/(γ − 1); 1 for an isothermal gas.
    let inverseGammaMinus1: Lanes
    /// Square of the sound speed of an isothermal gas in km² s⁻²; nil for an ideal gas with energy.
    let isothermalSoundSpeedSquared: Double?

    /// An ideal gas with these ratios of specific heats.
    init(gamma: Lanes) {
        self.gamma = gamma
        gammaMinus1 = gamma - 1
        inverseGammaMinus1 = 1 / (gamma - 1)
        isothermalSoundSpeedSquared = nil
    }

    /// A gas of one temperature.
    init(isothermalSoundSpeed: Double) {
        gamma = Lanes(repeating: 1)
        gammaMinus1 = Lanes(repeating: 1)
        inverseGammaMinus1 = Lanes(repeating: 1)
        isothermalSoundSpeedSquared = isothermalSoundSpeed * isothermalSoundSpeed
    }
}
