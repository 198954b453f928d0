// SPDX-License-Identifier: Apache-2.0

/// The scale, the origin and the place that times are given in (section 3.4).
public struct VOTableTimeSystem: Sendable, Hashable {
    /// Identifier that fields refer to, an XML name.
    public var id: String
    /// Time from which numbers count; nil for times that are written as calendar dates.
    public var origin: Origin?
    /// Time scale by the IVOA vocabulary, for example `UTC` or `TDB`.
    public var timescale: String
    /// Place by the IVOA vocabulary, for example `TOPOCENTER` or `BARYCENTER`.
    public var referencePosition: String

    /// Where a count of days begins.
    public enum Origin: Sendable, Hashable {
        /// Julian dates.
        case julianDate
        /// Modified Julian dates, JD − 2 400 000.5.
        case modifiedJulianDate
        /// Days, or what the unit says, since this Julian date.
        case since(julianDate: Double)
    }

    /// A time system from its parts.
    public init(id: String, origin: Origin? = nil, timescale: String, referencePosition: String) {
        self.id = id
        self.origin = origin
        self.timescale = timescale
        self.referencePosition = referencePosition
    }
}

/// The frame that celestial positions are given in (section 3.3 of version 1.3, kept in 1.4).
public struct VOTableCoordinateSystem: Sendable, Hashable {
    /// Identifier that fields refer to, an XML name.
    public var id: String
    /// Frame, for example `ICRS` or `ecl_FK5`.
    public var system: String
    /// Equinox, for example `J2000`; nil where the frame has none.
    public var equinox: String?
    /// Epoch of the positions, for example `J2000`; nil if it is not known.
    public var epoch: String?
    /// Place by the IVOA vocabulary, as of version 1.5; nil for none stated. A writer of 1.4 leaves it out.
    public var referencePosition: String?

    /// A coordinate system from its parts.
    public init(id: String, system: String, equinox: String? = nil, epoch: String? = nil) {
        self.id = id
        self.system = system
        self.equinox = equinox
        self.epoch = epoch
    }
}

/// A fact about a document, a resource or a table: a name and a text (section 3.7).
public struct VOTableInfo: Sendable, Hashable {
    /// Name for programs.
    public var name: String
    /// Text.
    public var value: String
    /// What is said beside the value; nil for nothing.
    public var text: String?

    /// A fact from its parts.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// The address of a related document (section 3.5).
public struct VOTableLink: Sendable, Hashable {
    /// Address, absolute or relative to the document.
    public var address: String
    /// Role, for example `doc`; nil for none.
    public var role: String?
    /// Media type, for example `image/png`; nil if it is not known.
    public var mediaType: String?
    /// What is found there, for a person; nil for nothing.
    public var title: String?

    /// A link from its parts.
    public init(address: String, role: String? = nil, mediaType: String? = nil, title: String? = nil) {
        self.address = address
        self.role = role
        self.mediaType = mediaType
        self.title = title
    }
}
