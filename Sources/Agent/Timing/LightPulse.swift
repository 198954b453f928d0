// SPDX-License-Identifier: Apache-2.0

import UTC

/// A stretch of light from the timing light.
struct LightPulse: Sendable, Hashable {
    /// When the light went on and off, by the system clock.
    var on: UTCInstant
    var off: UTCInstant
    /// Greatest error of both, in seconds: how long switching the line took, half of it.
    var errorSeconds: Double
}
