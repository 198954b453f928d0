// SPDX-License-Identifier: Apache-2.0

/// A predicted quantity that a condition can be about.
public enum WindQuantity: String, Sendable, Hashable, CaseIterable {
    /// Dynamic pressure in nPa.
    case dynamicPressure = "pdyn"
    /// Radial speed in km/s; also `vr`.
    case speed = "v"
    /// Tangential velocity in km/s.
    case tangentialSpeed = "vt"
    /// Protons in cm⁻³.
    case density = "n"
    /// Temperature in K.
    case temperature = "t"
    /// Size of the field in nT.
    case field = "b"
    /// Components of the field in nT.
    case radialField = "br", tangentialField = "bt", normalField = "bn"
    /// Distance from the Sun in AU.
    case distance = "r"
    /// Longitude of the target ahead of the Earth in degrees.
    case angle = "angle"
    /// Quality, 0…1.
    case quality = "quality"

    /// A quantity by the name in a condition or of a column, in any case.
    init?(name: some StringProtocol) {
        switch name.lowercased() {
        case "vr", "vr_km_s", "speed": self = .speed
        case "pdyn_npa": self = .dynamicPressure
        case "n_cm3", "density": self = .density
        case "t_k", "temperature": self = .temperature
        case "vt_km_s": self = .tangentialSpeed
        case "br_nt": self = .radialField
        case "bt_nt": self = .tangentialField
        case "bn_nt": self = .normalField
        case "r_au": self = .distance
        case "angle_deg": self = .angle
        case let other: self.init(rawValue: other)
        }
    }

    /// The unit that values are in, first, and others with how much one of them is of the first.
    var units: [(name: String, factor: Double)] {
        switch self {
        case .dynamicPressure: [("nPa", 1), ("Pa", 1e9), ("uPa", 1e3), ("pPa", 1e-3)]
        case .speed, .tangentialSpeed: [("km/s", 1), ("km.s**-1", 1), ("m/s", 1e-3), ("m.s**-1", 1e-3)]
        case .density:
            [("cm-3", 1), ("cm^-3", 1), ("cm**-3", 1), ("1/cm3", 1), ("/cm3", 1), ("m-3", 1e-6), ("m^-3", 1e-6)]
        case .temperature: [("K", 1), ("kK", 1e3), ("MK", 1e6), ("eV", 11_604.518)]
        case .field, .radialField, .tangentialField, .normalField: [("nT", 1), ("T", 1e9), ("uT", 1e3)]
        case .distance: [("AU", 1), ("au", 1), ("km", 1 / 149_597_870.7)]
        case .angle: [("deg", 1), ("rad", 180 / .pi)]
        case .quality: []
        }
    }

    /// The unit that values are in; empty for none.
    public var unit: String { units.first?.name ?? "" }

    /// The value of an hour; nil if it is not finite.
    public func value(_ hour: PredictedHour) -> Double? {
        let value: Double =
            switch self {
            case .dynamicPressure: hour.dynamicPressure
            case .speed: hour.radialSpeed
            case .tangentialSpeed: hour.tangentialSpeed
            case .density: hour.density
            case .temperature: hour.temperature
            case .field: (hour.br * hour.br + hour.bt * hour.bt + hour.bn * hour.bn).squareRoot()
            case .radialField: hour.br
            case .tangentialField: hour.bt
            case .normalField: hour.bn
            case .distance: hour.distanceAU
            case .angle: hour.angleDegrees
            case .quality: hour.quality
            }
        return value.isFinite ? value : nil
    }
}
