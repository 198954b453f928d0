// SPDX-License-Identifier: Apache-2.0

/// A body whose disk is watched.
public enum Body: String, Sendable, Hashable, CaseIterable {
    case moon, jupiter

    /// Equatorial radius in kilometres; for Jupiter at one bar.
    ///
    /// - Reference: Archinal et al. 2011, Celest. Mech. Dyn. Astr. 109, 101, tables 4 and 5.
    public var equatorialRadiusKilometres: Double {
        switch self {
        case .moon: 1737.4
        case .jupiter: 71_492
        }
    }

    /// Polar radius in kilometres; source as for the equatorial one.
    public var polarRadiusKilometres: Double {
        switch self {
        case .moon: 1737.4
        case .jupiter: 66_854
        }
    }

    /// One minus the ratio of the polar to the equatorial radius.
    public var oblateness: Double { 1 - polarRadiusKilometres / equatorialRadiusKilometres }
}
