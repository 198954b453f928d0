// SPDX-License-Identifier: Apache-2.0

/// How far the system clock is from the pulses of a receiver, but for whole seconds.
public struct PulseEvidence: Sendable, Hashable {
    /// Median of the last offsets in seconds: positive if the clock is fast.
    public var offsetSeconds: Double
    /// Standard deviation of a pulse in seconds, with the kernel's delay in seeing it.
    public var jitterSeconds: Double
    /// Pulses that these come from.
    public var pulseCount: Int

    /// Estimated standard error of the clock in seconds.
    public var estimatedErrorSeconds: Double {
        (offsetSeconds * offsetSeconds + jitterSeconds * jitterSeconds).squareRoot()
    }

    /// For people: `pulses: the clock is 3 µs fast, jitter 1 µs over 60`.
    var source: String {
        "pulses: the clock is \(shortDuration(abs(offsetSeconds))) \(offsetSeconds < 0 ? "slow" : "fast"), "
            + "jitter \(shortDuration(jitterSeconds)) over \(pulseCount)"
    }
}
