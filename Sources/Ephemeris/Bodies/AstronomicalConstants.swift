// SPDX-License-Identifier: Apache-2.0

/// Defining constants of the IAU 2009/2012 system.
public enum AstronomicalConstants {
    /// Kilometres in an astronomical unit (IAU 2012, resolution B2).
    public static let astronomicalUnitKilometres = 149_597_870.7
    /// Speed of light in kilometres a second.
    public static let lightSpeedKilometresPerSecond = 299_792.458
    /// Arcseconds in a radian.
    public static let arcsecondsPerRadian = 648_000 / Double.pi
    /// Angular velocity of the Earth in radians a second (IERS Conventions 2010).
    static let earthRotationRadiansPerSecond = 7.292_115e-5
}
