// SPDX-License-Identifier: Apache-2.0

import Detection
import Settings

/// How pixels and ADU become angles and magnitudes, and what is assumed of an impactor. What is left out stays unknown:
/// nothing is invented in its place.
public struct CalibrationConfiguration: Sendable, Hashable {
    /// How the frames lie on the sky; nil if unknown.
    public var orientation: CameraOrientation?
    /// What one ADU is worth; nil if unknown.
    public var zeroPoint: PhotometricZeroPoint?
    /// What is assumed of an impact on the Moon.
    public var lunarImpact = LunarImpactModel()
    /// What is assumed of an impact on Jupiter.
    public var jovianImpact = JovianImpactModel()

    init() {}

    init(_ section: inout SettingsSection) {
        let angle = section.readIfPresent("position_angle", .degrees(-360...360))
        let angleError = section.read("position_angle_error", .degrees(0...180), default: 1)
        let isMirrored = section.read("mirrored", .boolean, default: false)
        orientation = angle.map {
            CameraOrientation(
                positionAngleDegrees: $0, positionAngleErrorDegrees: angleError, isMirrored: isMirrored)
        }
        let zeroPoint = section.readIfPresent("zero_point", .quantity(.magnitude, -10...40))
        let zeroPointError = section.read("zero_point_error", .quantity(.magnitude, 0...5), default: 0.2)
        let band = section.read("band", .choice(PhotometricBand.self), default: .r)
        self.zeroPoint = zeroPoint.map {
            PhotometricZeroPoint(magnitude: Magnitude(value: $0, standardError: zeroPointError), band: band)
        }
        if let efficiency = section.readIfPresent("luminous_efficiency", .number(1e-5...0.1)) {
            // Whoever measured another efficiency still has the field's range of a factor of three either way.
            lunarImpact.luminousEfficiency = Estimate(
                value: efficiency, low: efficiency / 3, high: min(1, 3.3 * efficiency))
        }
        if let speed = section.readIfPresent("impact_speed", .quantity(.speed, 2...80)) {
            lunarImpact.impactSpeedKilometresPerSecond = speed
            jovianImpact.impactSpeedKilometresPerSecond = speed
            jovianImpact.highSpeedKilometresPerSecond = speed
        }
    }
}
