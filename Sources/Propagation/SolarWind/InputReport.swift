// SPDX-License-Identifier: Apache-2.0

/// What was found in the input and what was done about it. A product says so.
public struct InputReport: Sendable, Hashable {
    /// Measurements read.
    public var measurements = 0
    /// Measurements whose status says that they are bad or missing.
    public var flagged = 0
    /// Measurements of a spacecraft that is not the active one.
    public var inactive = 0
    /// Values outside what the solar wind can be, and values that are not numbers.
    public var outOfRange = 0
    /// Values that stood out of their neighbours alone.
    public var spikes = 0
    /// Measurements that came a second time.
    public var duplicates = 0
    /// Measurements that came before an earlier one.
    public var disordered = 0
    /// Hours with speed and density measured, interpolated over at most 6 h, mended with the rotation before, and taken
    /// from it alone.
    public var measuredHours = 0, interpolatedHours = 0, blendedHours = 0, recurrentHours = 0
    /// Hours of which nothing is known but the mean of all.
    public var unknownHours = 0

    /// A report of nothing.
    public init() {}

    /// Name and number of each, for products.
    public var listed: [(name: String, count: Int)] {
        [
            ("measurements", measurements), ("flagged", flagged), ("inactive", inactive),
            ("out_of_range", outOfRange), ("spikes", spikes), ("duplicates", duplicates),
            ("disordered", disordered), ("hours_measured", measuredHours), ("hours_interpolated", interpolatedHours),
            ("hours_blended", blendedHours), ("hours_recurrent", recurrentHours), ("hours_unknown", unknownHours),
        ]
    }
}
