// SPDX-License-Identifier: Apache-2.0

import Testing
import UTC

@testable import Ephemeris

/// How a body appears at a site and a time in text.
func appearance(of body: Body, site: GeodeticSite, utc: String) throws -> PhysicalEphemeris {
    let instant = try #require(UTCInstant(iso8601: utc))
    return PhysicalEphemeris(of: body, from: Observer(site: site, epoch: Epoch(utc: instant)))
}

/// The smallest angle from one direction to another of a full turn, in degrees.
func turn(from first: Double, to second: Double) -> Double {
    let difference = second - first
    return difference - 360 * (difference / 360).rounded()
}

/// Angle at the body's centre between two places, in degrees.
func arc(_ first: SurfaceCoordinate, _ second: SurfaceCoordinate) -> Double {
    FrameVector<BodyFixed>(
        longitudeDegrees: first.longitudeEastDegrees, latitudeDegrees: first.latitudeCentricDegrees
    ).angleDegrees(
        to: FrameVector(
            longitudeDegrees: second.longitudeEastDegrees, latitudeDegrees: second.latitudeCentricDegrees))
}
