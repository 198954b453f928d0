// SPDX-License-Identifier: Apache-2.0

/// How intervals are cut out of a series. All of it is written into the result.
public struct IntervalSettings: Sendable, Hashable {
    /// Intervals with at most this many hours between them are one.
    public var mergeGapHours = 6.0
    /// Shorter intervals are left out.
    public var minimumHours = 2.0
    /// Part of a threshold to which a quantity must go back for the interval to end; 1 for the threshold itself.
    public var hysteresis = 0.8
    /// As many hours without a value in a row are bridged; more end an interval.
    public var bridgedHours = 2

    /// The settings that hold unless others are given.
    public init() {}

    /// Checks the ranges.
    ///
    /// - Throws: `impossibleValue`.
    public func check() throws(PropagationError) {
        let isGood = mergeGapHours >= 0 && minimumHours >= 0 && mergeGapHours.isFinite && minimumHours.isFinite
        guard isGood else {
            throw PropagationError(.impossibleValue, place: "intervals", message: "hours must be 0 or more")
        }
        guard hysteresis > 0, hysteresis <= 1 else {
            throw PropagationError(
                .impossibleValue, place: "hysteresis",
                message: "the part of the threshold must be above 0 and at most 1")
        }
    }
}
