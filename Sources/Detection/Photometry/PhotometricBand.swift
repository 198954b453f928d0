// SPDX-License-Identifier: Apache-2.0

/// A passband of the Johnson–Cousins system.
public enum PhotometricBand: String, Sendable, Hashable, CaseIterable {
    /// Visual.
    case v = "V"
    /// Red.
    case r = "R"
    /// Near infrared.
    case i = "I"

    /// Magnitude by which the band's zero point differs from the monochromatic one of V: m(λ) = −2.5 log₁₀ f − 21.1 − ZP,
    /// f in erg cm⁻² s⁻¹ Å⁻¹.
    ///
    /// - Reference: Bessell, Castelli & Plez 1998, Astron. Astrophys. 333, 231, table A2.
    var zeroPointOffset: Double {
        switch self {
        case .v: 0
        case .r: 0.555
        case .i: 1.271
        }
    }

    /// Width in ångströms.
    ///
    /// - Reference: R as used for lunar flashes by NELIOTA and MIDAS; V and I: Bessell 2005, Annu. Rev. Astron.
    ///   Astrophys. 43, 293, table 1.
    var widthAngstroms: Double {
        switch self {
        case .v: 840
        case .r: 1607
        case .i: 1540
        }
    }

    /// Flux in the band of a star of a magnitude, in W m⁻².
    public func fluxOfMagnitude(_ magnitude: Double) -> Double { fluxOfMagnitudeZero * powerOfTen(-0.4 * magnitude) }

    /// Flux in the band of a star of magnitude 0, in W m⁻².
    var fluxOfMagnitudeZero: Double {
        // 1 erg cm⁻² s⁻¹ is 10⁻³ W m⁻².
        1e-3 * powerOfTen(-(21.1 + zeroPointOffset) / 2.5) * widthAngstroms
    }
}
