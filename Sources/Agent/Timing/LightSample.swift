// SPDX-License-Identifier: Apache-2.0

import UTC

/// How bright the timing light is in a frame.
struct LightSample: Sendable, Hashable {
    /// Middle of the exposure as the camera's stamps have it, not corrected for their latency.
    var time: UTCInstant
    /// Sum over the light's pixels, in ADU.
    var light: Double
}
