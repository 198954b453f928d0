// SPDX-License-Identifier: Apache-2.0

import Glibc
public import UTC

/// The two clocks of the host that frame times need. Tests bring their own.
public protocol HostClock: Sendable {
    /// What `CLOCK_MONOTONIC` reads.
    func monotonic() -> MonotonicInstant
    /// What `CLOCK_REALTIME` reads.
    func utc() -> UTCInstant
}

/// The clocks of the machine that runs the program.
public struct SystemHostClock: HostClock {
    /// The machine's clocks.
    public init() {}

    /// What `CLOCK_MONOTONIC` reads now.
    public func monotonic() -> MonotonicInstant {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return MonotonicInstant(nanosecondsSinceBoot: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    /// What `CLOCK_REALTIME` reads now.
    public func utc() -> UTCInstant { .now() }
}
