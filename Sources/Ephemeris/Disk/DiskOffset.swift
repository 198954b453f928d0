// SPDX-License-Identifier: Apache-2.0

/// A direction near a body's centre, as standard coordinates in the plane that touches the sky there.
public struct DiskOffset: Sendable, Hashable {
    /// Towards celestial east, in arcseconds.
    public var eastArcseconds: Double
    /// Towards celestial north, in arcseconds.
    public var northArcseconds: Double

    /// An offset from its parts.
    public init(eastArcseconds: Double, northArcseconds: Double) {
        self.eastArcseconds = eastArcseconds
        self.northArcseconds = northArcseconds
    }

    /// Distance from the centre in arcseconds.
    public var distanceArcseconds: Double {
        (eastArcseconds * eastArcseconds + northArcseconds * northArcseconds).squareRoot()
    }
}
