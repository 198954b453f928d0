// SPDX-License-Identifier: Apache-2.0

import Ephemeris

extension DiskShape {
    /// The shape of a body's disk.
    ///
    /// - Parameters:
    ///   - appearance: how the body appears.
    ///   - arcsecondsPerPixel: scale of the image; nil leaves the radius free. It is taken to be good to 1 %, which is
    ///     what a scale computed from a nominal focal length is worth.
    ///   - pointSpreadSigmaPixels: standard deviation of the point spread.
    public init(of appearance: PhysicalEphemeris, arcsecondsPerPixel: Double?, pointSpreadSigmaPixels: Double) {
        let radius = arcsecondsPerPixel.map { appearance.semidiameterArcseconds / $0 }
        self.init(
            axisRatio: appearance.outlineAxisRatio, radiusPixels: radius, radiusErrorPixels: 0.01 * (radius ?? 0),
            limbDarkeningShift: appearance.body == .jupiter ? 0.76 : 0,
            // Mountains and valleys of some 1.5 km along the Moon's limb.
            limbReliefFraction: appearance.body == .moon ? 1.5 / appearance.body.equatorialRadiusKilometres : 0,
            pointSpreadSigmaPixels: pointSpreadSigmaPixels)
    }
}
