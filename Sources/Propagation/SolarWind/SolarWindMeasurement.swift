// SPDX-License-Identifier: Apache-2.0

public import UTC

/// What a spacecraft near the Earth measured of the solar wind; nil for what it did not.
public struct SolarWindMeasurement: Sendable, Hashable {
    /// Begin of the interval that was averaged.
    public var time: UTCInstant
    /// Length of that interval in seconds.
    public var averagedSeconds: Double
    /// Speed of the protons in km/s.
    public var speed: Double?
    /// Direction of the flow in degrees, as OMNI counts it: positive towards +Y of GSE.
    public var flowLongitudeDegrees: Double?
    /// Direction of the flow in degrees: positive towards north.
    public var flowLatitudeDegrees: Double?
    /// Number of protons a cm³.
    public var density: Double?
    /// Temperature of the protons in K.
    public var temperature: Double?
    /// Magnetic field along the axes of GSE in nT.
    public var bx: Double?, by: Double?, bz: Double?
    /// Standard deviations within the average, where the source has them: speed in km/s, density in cm⁻³,
    /// temperature in K.
    public var speedSigma: Double?, densitySigma: Double?, temperatureSigma: Double?

    /// A measurement of nothing yet.
    public init(time: UTCInstant, averagedSeconds: Double) {
        self.time = time
        self.averagedSeconds = averagedSeconds
    }
}
