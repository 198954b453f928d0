// SPDX-License-Identifier: Apache-2.0

/// What chrony knows of the clock that it disciplines, as `chronyc tracking` shows it.
///
/// - Reference: chrony's `candm.h`, command protocol version 6, and chronyc(1), section "tracking".
public struct ChronyTracking: Sendable, Hashable {
    /// What it follows: the address of a server, or the letters of a reference clock (`PPS`).
    public var reference: String
    /// Steps from a reference clock: 1 for one that stands at this box, 0 for none.
    public var stratum: Int
    /// True if it follows something, and not the clock itself alone.
    public var isSynchronised: Bool
    /// What has still to be corrected, in seconds: positive if the system clock is slow.
    public var correctionSeconds: Double
    /// Long-term average of the measured offsets, in seconds.
    public var rmsOffsetSeconds: Double
    /// Delay to the reference clock and back, over all steps, in seconds.
    public var rootDelaySeconds: Double
    /// Error that has come together on the way from the reference clock, in seconds.
    public var rootDispersionSeconds: Double

    /// Greatest error of the clock in seconds, as NTP defines it: dispersion and half the delay, and what is known to be
    /// wrong.
    public var maximumErrorSeconds: Double { rootDispersionSeconds + rootDelaySeconds / 2 + abs(correctionSeconds) }

    /// Estimated standard error of the clock in seconds.
    ///
    /// What has still to be corrected, the scatter of the measurements, and the unknown asymmetry of the way: the delay
    /// may be anywhere between all on the way there and all on the way back, a uniform error of ±delay/2.
    public var estimatedErrorSeconds: Double {
        let asymmetry = rootDelaySeconds / 12.0.squareRoot()
        return (correctionSeconds * correctionSeconds + rmsOffsetSeconds * rmsOffsetSeconds + asymmetry * asymmetry)
            .squareRoot()
    }

    /// For people: `chrony: stratum 1, follows PPS, estimated error 4 µs, at most 1.2 ms`.
    var source: String {
        guard isSynchronised else { return "chrony: not synchronised" }
        return
            "chrony: stratum \(stratum), follows \(reference), estimated error \(shortDuration(estimatedErrorSeconds)), "
            + "at most \(shortDuration(maximumErrorSeconds))"
    }
}
