// SPDX-License-Identifier: Apache-2.0

/// The system in which coordinates are given.
public struct AstroCoordSystem: Sendable, Hashable {
    /// Name of the system, for example `UTC-ICRS-TOPO`. In 2.0 one of `identifiers2_0`, in 2.1 any name.
    public var id: String?
    /// Scale and origin of times; 2.1 only.
    public var timeFrame: Frame?
    /// Axes and origin of positions; 2.1 only.
    public var spaceFrame: Frame?

    /// A system.
    public init(id: String? = nil, timeFrame: Frame? = nil, spaceFrame: Frame? = nil) {
        self.id = id
        self.timeFrame = timeFrame
        self.spaceFrame = spaceFrame
    }

    /// A time frame or a space frame of VOEvent 2.1.
    public struct Frame: Sendable, Hashable {
        /// Name within the document.
        public var id: String?
        /// Name in words.
        public var name: String?
        /// Origin: a place such as `TOPOCENTER`, `BARYCENTER` or a planet.
        public var referencePosition: String?
        /// Time scale, for example `UTC`; time frames only.
        public var timeScale: String?
        /// Reference frame, for example `ICRS` or `HGS`; space frames only.
        public var spaceReferenceFrame: String?
        /// Kind of coordinates, for example `SPHERICAL`; space frames only.
        public var flavor: String?

        /// A frame with nothing said about it.
        public init() {}
    }

    /// The names that VOEvent 2.0 knows.
    public static let identifiers2_0 = [
        "TT-ICRS-TOPO", "UTC-ICRS-TOPO", "TT-FK5-TOPO", "UTC-FK5-TOPO", "GPS-ICRS-TOPO", "GPS-FK5-TOPO",
        "TT-ICRS-GEO", "UTC-ICRS-GEO", "TT-FK5-GEO", "UTC-FK5-GEO", "GPS-ICRS-GEO", "TDB-ICRS-BARY",
        "TDB-FK5-BARY", "UTC-GEOD-TOPO",
    ]
}
