// SPDX-License-Identifier: Apache-2.0

import Camera
import Synchronization
import UTC

/// The host's clocks, which stand still until a test lets them go on.
final class SteppingClock: HostClock {
    private struct State {
        var monotonic: Int64 = 1_000_000_000_000
        var offset: Int64
    }

    private let state: Mutex<State>

    /// Clocks that read 1000 s since boot and 2026-11-22T20:00:00Z.
    init() {
        let start: Int64 = 1_795_377_600_000_000_000
        state = Mutex(State(offset: start - State(offset: 0).monotonic))
    }

    func monotonic() -> MonotonicInstant {
        state.withLock { MonotonicInstant(nanosecondsSinceBoot: $0.monotonic) }
    }

    func utc() -> UTCInstant { state.withLock { UTCInstant(nanosecondsSince1970: $0.monotonic + $0.offset) } }

    /// Lets time pass.
    func step(seconds: Double) { state.withLock { $0.monotonic += Int64((seconds * 1e9).rounded()) } }

    /// Puts the real-time clock forward, or back.
    func stepUTC(seconds: Double) { state.withLock { $0.offset += Int64((seconds * 1e9).rounded()) } }
}
