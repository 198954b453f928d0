// SPDX-License-Identifier: Apache-2.0

public import UTC

/// The solar wind at a target at one time.
public struct PredictedHour: Sendable, Hashable {
    /// Time of arrival at the target; no light time is in it.
    public var time: UTCInstant
    /// Distance of the target from the Sun in AU.
    public var distanceAU: Double
    /// Number of protons a cm³.
    public var density: Double
    /// Radial and tangential velocity in km/s.
    public var radialSpeed: Double, tangentialSpeed: Double
    /// Temperature in K.
    public var temperature: Double
    /// Radial, tangential and normal field in nT.
    public var br: Double, bt: Double, bn: Double
    /// Dynamic pressure m_p n v_r² in nPa.
    public var dynamicPressure: Double
    /// Longitude of the target ahead of the Earth around the Sun's axis in degrees, −180…180.
    public var angleDegrees: Double
    /// How well it is known, 0…1: the quality of the measurement that the plasma carried along, less for a great angle
    /// and for a different latitude.
    public var quality: Double
    /// What the members of an ensemble say; nil for a single prediction.
    public var spread: HourSpread?

    /// An hour from its parts.
    public init(
        time: UTCInstant, distanceAU: Double, density: Double, radialSpeed: Double, tangentialSpeed: Double,
        temperature: Double, br: Double, bt: Double, bn: Double, dynamicPressure: Double, angleDegrees: Double,
        quality: Double
    ) {
        self.time = time
        self.distanceAU = distanceAU
        self.density = density
        self.radialSpeed = radialSpeed
        self.tangentialSpeed = tangentialSpeed
        self.temperature = temperature
        self.br = br
        self.bt = bt
        self.bn = bn
        self.dynamicPressure = dynamicPressure
        self.angleDegrees = angleDegrees
        self.quality = quality
    }
}
