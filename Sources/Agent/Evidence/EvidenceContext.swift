// SPDX-License-Identifier: Apache-2.0

/// What the evidence says of the station, beside the event itself.
public struct EvidenceContext: Sendable, Hashable {
    /// Name of the station, for people.
    public var stationName: String
    /// Name of what is watched, for example `Moon`; nil if that is just the sky.
    public var targetName: String?
    /// Camera or sensor; nil if unknown.
    public var instrument: String?
    /// Telescope; nil if unknown.
    public var telescope: String?
    /// Exposure time of a frame in seconds; nil if unknown.
    public var exposureSeconds: Double?
    /// Where the station is; nil if unknown.
    public var site: Site?
    /// Program and version that made the files.
    public var software: String

    /// A place on Earth.
    public struct Site: Sendable, Hashable {
        /// Longitude in degrees, positive to the east.
        public var longitudeDegrees: Double
        /// Geodetic latitude in degrees, positive to the north.
        public var latitudeDegrees: Double
        /// Height above the WGS 84 ellipsoid in metres.
        public var heightMeters: Double

        /// A place from its coordinates.
        public init(longitudeDegrees: Double, latitudeDegrees: Double, heightMeters: Double) {
            self.longitudeDegrees = longitudeDegrees
            self.latitudeDegrees = latitudeDegrees
            self.heightMeters = heightMeters
        }
    }

    /// A context of which only the station must be known.
    public init(
        stationName: String, targetName: String? = nil, instrument: String? = nil, telescope: String? = nil,
        exposureSeconds: Double? = nil, site: Site? = nil, software: String = "psws-agent"
    ) {
        self.stationName = stationName
        self.targetName = targetName
        self.instrument = instrument
        self.telescope = telescope
        self.exposureSeconds = exposureSeconds
        self.site = site
        self.software = software
    }
}
