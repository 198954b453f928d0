// SPDX-License-Identifier: Apache-2.0

/// What the model knows of the solar wind.
public enum PropagationMode: String, Sendable, Hashable, CaseIterable {
    /// As Tao et al. 2005 (J. Geophys. Res. 110, A11208) in AMDA: p = n k T, tangential field alone, cells of 1/150 AU.
    case tao
    /// Electrons as hot as the protons, all components of the field, neutral hydrogen beyond 8 AU, cells of 1/300 AU.
    case physics

    /// Width of the inner cells in AU.
    public var cellWidthAU: Double { self == .tao ? 1.0 / 150 : 1.0 / 300 }
    /// The same for people.
    var cellWidthText: String { self == .tao ? "1/150 AU" : "1/300 AU" }
    /// Pressure of the plasma in units of n k T of the protons.
    public var pressureFactor: Double { self == .tao ? 1 : 2 }
    /// Whether normal velocity and radial and normal field are in.
    public var hasAllComponents: Bool { self == .physics }
    /// Hours after its stamp that a measurement stands for: OMNI stamps the begin of the hour, and so does what AMDA
    /// publishes, while the mean belongs to the middle.
    var stampDelayHours: Double { self == .tao ? 0 : 0.5 }
}
