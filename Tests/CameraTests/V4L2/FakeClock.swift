// SPDX-License-Identifier: Apache-2.0

import Synchronization
import UTC

@testable import Camera

/// Two clocks that stand still until they are told to go on.
final class FakeClock: HostClock {
    private struct State {
        var monotonic: Int64
        var offset: Int64
        var readingCost: [Int64]
    }

    private let state: Mutex<State>

    /// Clocks that read 1000 s since boot and the given UTC.
    init(utc: UTCInstant = FakeClock.start) {
        let monotonic: Int64 = 1_000_000_000_000
        state = Mutex(State(monotonic: monotonic, offset: utc.nanosecondsSince1970 - monotonic, readingCost: []))
    }

    /// 2026-11-22T20:00:00Z.
    static let start = UTCInstant(nanosecondsSince1970: 1_795_377_600_000_000_000)

    func monotonic() -> MonotonicInstant {
        state.withLock { state in
            if !state.readingCost.isEmpty { state.monotonic += state.readingCost.removeFirst() }
            return MonotonicInstant(nanosecondsSinceBoot: state.monotonic)
        }
    }

    func utc() -> UTCInstant {
        state.withLock { UTCInstant(nanosecondsSince1970: $0.monotonic + $0.offset) }
    }

    func advance(seconds: Double) {
        state.withLock { $0.monotonic += Int64((seconds * 1e9).rounded()) }
    }

    /// Puts the real-time clock forward, or back.
    func stepUTC(seconds: Double) {
        state.withLock { $0.offset += Int64((seconds * 1e9).rounded()) }
    }

    /// Lets the next readings of the monotonic clock each take so many nanoseconds first.
    func slowReadings(nanoseconds: [Int64]) {
        state.withLock { $0.readingCost = nanoseconds }
    }
}
