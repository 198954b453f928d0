// SPDX-License-Identifier: Apache-2.0

import Settings

/// What counts as an event. What is left out is decided by the target.
public struct DetectionConfiguration: Sendable, Hashable {
    /// A part of the frame that is not looked at: trees, lamps, a clock display.
    public struct Exclusion: Sendable, Hashable {
        /// First column, from 0.
        public var x: Int
        /// First row, from 0.
        public var y: Int
        /// Columns.
        public var width: Int
        /// Rows.
        public var height: Int

        init(_ section: inout SettingsSection) {
            x = section.read("x", .wholePixels(0...16_383))
            y = section.read("y", .wholePixels(0...16_383))
            width = section.read("width", .wholePixels(1...16_384))
            height = section.read("height", .wholePixels(1...16_384))
        }
    }

    /// Full width of a star's picture at half its height, in pixels; nil searches the usual widths of the target.
    public var pointSpreadWidthPixels: Double?
    /// False alarms that are put up with, per hour.
    public var falseAlarmsPerHour = 0.1
    /// Scale of the image in arcseconds per pixel; nil if unknown.
    public var arcsecondsPerPixel: Double?
    /// 2 to search sums of 2 × 2 pixels, 1 for all pixels.
    public var binning = 1
    /// Threads that search a frame together.
    public var threads = 1
    /// Parts of the frame that are not looked at.
    public var exclusions: [Exclusion] = []

    /// Standard deviation of a star's picture in pixels, for a Gaussian of the given width.
    public var pointSpreadSigmaPixels: Double? {
        // Full width at half maximum of a Gaussian: 2 √(2 ln 2) σ.
        pointSpreadWidthPixels.map { $0 / 2.354_820_045_030_949 }
    }

    init() {}

    init(_ section: inout SettingsSection) {
        pointSpreadWidthPixels = section.readIfPresent("psf_width", .pixels(1.2...9.4))
        falseAlarmsPerHour = section.read("false_alarms", .perHour(1e-6...1000), default: falseAlarmsPerHour)
        arcsecondsPerPixel = section.readIfPresent("pixel_scale", .quantity(.pixelScale, 0.001...7200))
        binning = section.read("binning", .integer(1...2), default: binning)
        threads = section.read("threads", .integer(1...64), default: threads)
        exclusions = section.sections("exclude", count: 1...200) { Exclusion(&$0) }
    }
}
