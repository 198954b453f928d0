// SPDX-License-Identifier: Apache-2.0

import Camera

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Tells frames that show the frame before once more, as drivers and converters of frame rates give them: the noise
/// of such a frame is that of the one before, and would count twice in every sum.
struct RepeatedFrame {
    private var previous: Frame?

    /// True if every sample is the same as in the frame before. Two frames of a living sensor differ in their first
    /// samples, so that this costs nothing for them.
    mutating func isRepeat(_ frame: Frame) -> Bool {
        defer { previous = frame }
        guard let previous, previous.format == frame.format else { return false }
        return frame.withBytes { samples in
            previous.withBytes { earlier in
                guard let first = samples.baseAddress, let second = earlier.baseAddress else { return false }
                return memcmp(first, second, samples.count) == 0
            }
        }
    }
}
