// SPDX-License-Identifier: Apache-2.0

/// A time and a place in a coordinate system.
public struct AstroCoords: Sendable, Hashable {
    /// Name of the system that the coordinates are in.
    public var systemID: String?
    /// When.
    public var time: EventTime?
    /// Where, by name, for example `Jupiter`; 2.1 only.
    public var positionName: String?
    /// Where, by two angles.
    public var position2D: Position2D?
    /// Where, by three coordinates.
    public var position3D: Position3D?

    /// A time and a place.
    public init(
        systemID: String?, time: EventTime? = nil, positionName: String? = nil, position2D: Position2D? = nil,
        position3D: Position3D? = nil
    ) {
        self.systemID = systemID
        self.time = time
        self.positionName = positionName
        self.position2D = position2D
        self.position3D = position3D
    }

    /// A direction on the sky.
    public struct Position2D: Sendable, Hashable {
        /// Unit of the coordinates, usually `deg`.
        public var unit: String?
        /// Names of the two coordinates, usually `RA` and `Dec`; empty if not given.
        public var names: [String]
        /// The two coordinates; NaN where the packet has no number.
        public var values: [Double]
        /// Radius of the error circle, in `unit`; nil if not given, which 2.0 does not allow.
        public var errorRadius: Double?
        /// Errors along the two axes, in `unit`; empty if not given. 2.1 only.
        public var axisErrors: [Double] = []

        /// A direction; `values` are two numbers.
        public init(unit: String? = "deg", names: [String] = [], values: [Double], errorRadius: Double?) {
            self.unit = unit
            self.names = names
            self.values = values
            self.errorRadius = errorRadius
        }
    }

    /// A place in space.
    public struct Position3D: Sendable, Hashable {
        /// Unit of the coordinates, for example `km` or `deg-deg-m`.
        public var unit: String?
        /// Names of the three coordinates; empty if not given.
        public var names: [String]
        /// The three coordinates; NaN where the packet has no number.
        public var values: [Double]
        /// Errors along the three axes, in `unit`; empty if not given. 2.1 only.
        public var axisErrors: [Double] = []

        /// A place; `values` are three numbers.
        public init(unit: String?, names: [String] = [], values: [Double]) {
            self.unit = unit
            self.names = names
            self.values = values
        }
    }
}
