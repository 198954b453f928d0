// SPDX-License-Identifier: Apache-2.0

/// Where and when something happened, and from where it was seen.
public struct WhereWhen: Sendable, Hashable {
    /// Name of this part within the document.
    public var id: String?
    /// From where it was seen.
    public var observatory: ObservatoryLocation?
    /// Where and when it happened.
    public var observation: ObservationLocation?
    /// A text about place and time.
    public var description: String?
    /// Things on the web about place and time.
    public var references: [EventReference] = []

    /// Place and time.
    public init(observatory: ObservatoryLocation?, observation: ObservationLocation?) {
        self.observatory = observatory
        self.observation = observation
    }

    /// From where something was seen: a name, coordinates, or both.
    public struct ObservatoryLocation: Sendable, Hashable {
        /// Name of the observatory or spacecraft.
        public var id: String?
        /// The system of the coordinates.
        public var system: AstroCoordSystem?
        /// The coordinates.
        public var coordinates: AstroCoords?

        /// An observatory.
        public init(id: String? = nil, system: AstroCoordSystem? = nil, coordinates: AstroCoords? = nil) {
            self.id = id
            self.system = system
            self.coordinates = coordinates
        }

        /// A place on the Earth (`UTC-GEOD-TOPO`: geodetic longitude and latitude, height above the ellipsoid).
        ///
        /// - Parameters:
        ///   - longitudeDegrees: east positive.
        ///   - latitudeDegrees: north positive, -90...90.
        ///   - heightMetres: above the WGS 84 ellipsoid.
        public init(id: String? = nil, longitudeDegrees: Double, latitudeDegrees: Double, heightMetres: Double) {
            let place = AstroCoords.Position3D(
                unit: "deg-deg-m", names: ["longitude", "latitude", "elevation"],
                values: [longitudeDegrees, latitudeDegrees, heightMetres])
            self.init(
                id: id, system: AstroCoordSystem(id: "UTC-GEOD-TOPO"),
                coordinates: AstroCoords(systemID: "UTC-GEOD-TOPO", position3D: place))
        }
    }

    /// Where and when something happened.
    public struct ObservationLocation: Sendable, Hashable {
        /// The system of the coordinates.
        public var system: AstroCoordSystem?
        /// Time and place.
        public var coordinates: AstroCoords?

        /// An event's place and time.
        public init(system: AstroCoordSystem?, coordinates: AstroCoords?) {
            self.system = system
            self.coordinates = coordinates
        }
    }
}
