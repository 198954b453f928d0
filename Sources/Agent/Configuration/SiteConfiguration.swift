// SPDX-License-Identifier: Apache-2.0

import Settings

/// Where the camera stands, in WGS 84.
public struct SiteConfiguration: Sendable, Hashable {
    /// Name of the place for people; nil if it has none.
    public var name: String?
    /// Geodetic longitude in degrees, east positive, -180...180.
    public var longitudeDegrees: Double
    /// Geodetic latitude in degrees, north positive, -90...90.
    public var latitudeDegrees: Double
    /// Height above the WGS 84 ellipsoid in metres.
    public var heightMetres: Double
    /// How far the true place may be from the given one, in metres.
    public var positionErrorMetres: Double

    init(_ section: inout SettingsSection) {
        name = section.readIfPresent("name", .text(1...200))
        longitudeDegrees = section.read("longitude", .degrees(-180...180))
        latitudeDegrees = section.read("latitude", .degrees(-90...90))
        heightMetres = section.read("height", .metres(-500...9000))
        positionErrorMetres = section.read("position_error", .metres(0...100_000), default: 10)
    }

    private init(name: String, positionErrorMetres: Double) {
        self.name = name
        longitudeDegrees = 0
        latitudeDegrees = 0
        heightMetres = 0
        self.positionErrorMetres = positionErrorMetres
    }

    /// The place of a recording that comes without one: its error is half the Earth's circumference.
    static let somewhereOnEarth = SiteConfiguration(name: "somewhere on Earth", positionErrorMetres: 20_037_508)
}
