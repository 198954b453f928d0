// SPDX-License-Identifier: Apache-2.0

/// The units in which a quantity may be written, and what they are worth.
public struct UnitTable: Sendable, Hashable {
    /// A unit and its size.
    public struct Unit: Sendable, Hashable {
        /// As it stands in the file, case and all.
        public let symbol: String
        /// How many of the unit that the program uses make one of this.
        public let factor: Double

        /// A unit by its symbol and size.
        public init(_ symbol: String, _ factor: Double) {
            self.symbol = symbol
            self.factor = factor
        }
    }

    /// The quantity in words: `duration`.
    public let quantity: String
    /// The units, from the smallest to the largest.
    public let units: [Unit]

    /// A table of a quantity; at least one unit.
    public init(_ quantity: String, _ units: [Unit]) {
        precondition(!units.isEmpty, "a quantity needs a unit")
        self.quantity = quantity
        self.units = units
    }

    /// Durations; the program counts in seconds.
    public static let duration = UnitTable(
        "duration",
        [
            Unit("ns", 1e-9), Unit("us", 1e-6), Unit("ms", 1e-3), Unit("s", 1), Unit("min", 60), Unit("h", 3600),
            Unit("d", 86_400),
        ])
    /// Rates; the program counts per second.
    public static let ratePerSecond = UnitTable(
        "rate", [Unit("/d", 1 / 86_400), Unit("/h", 1 / 3600), Unit("/min", 1 / 60), Unit("/s", 1), Unit("Hz", 1)])
    /// Rates of rare things; the program counts per hour.
    public static let ratePerHour = UnitTable(
        "rate", [Unit("/d", 1 / 24), Unit("/h", 1), Unit("/min", 60), Unit("/s", 3600)])
    /// Angles; the program counts in degrees.
    public static let angle = UnitTable(
        "angle", [Unit("arcsec", 1 / 3600), Unit("arcmin", 1 / 60), Unit("deg", 1)])
    /// Lengths; the program counts in metres.
    public static let length = UnitTable(
        "length", [Unit("mm", 1e-3), Unit("cm", 1e-2), Unit("m", 1), Unit("km", 1e3)])
    /// Lengths in an image; the program counts in pixels.
    public static let pixels = UnitTable("length in pixels", [Unit("px", 1)])
    /// Scales of an image; the program counts in arcseconds per pixel.
    public static let pixelScale = UnitTable(
        "pixel scale", [Unit("arcsec/px", 1), Unit("arcmin/px", 60), Unit("deg/px", 3600)])
    /// Brightnesses; the program counts in magnitudes.
    public static let magnitude = UnitTable("magnitude", [Unit("mag", 1)])
    /// Speeds; the program counts in kilometres a second.
    public static let speed = UnitTable("speed", [Unit("m/s", 1e-3), Unit("km/s", 1)])
    /// Temperatures of light; the program counts in kelvins.
    public static let colourTemperature = UnitTable("colour temperature", [Unit("K", 1)])
    /// Amounts of data; the program counts in bytes.
    public static let dataSize = UnitTable(
        "amount of data",
        [
            Unit("B", 1), Unit("kB", 1e3), Unit("KiB", 1024), Unit("MB", 1e6), Unit("MiB", 1_048_576), Unit("GB", 1e9),
            Unit("GiB", 1_073_741_824), Unit("TB", 1e12), Unit("TiB", 1_099_511_627_776),
        ])

    var symbolsInWords: String { units.map(\.symbol).joined(separator: ", ") }

    /// A value in the program's unit as a person would write it: in the largest unit that keeps it at one or more.
    func written(_ value: Double) -> String {
        let unit = units.last { abs(value) >= $0.factor } ?? units.first { $0.factor == 1 } ?? units[0]
        return "\(Settings.written(value / unit.factor)) \(unit.symbol)"
    }
}
