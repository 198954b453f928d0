// SPDX-License-Identifier: Apache-2.0

import Glibc

extension Frame {
    /// True if the other frame has exactly the same samples, which noise keeps two frames of a working camera from.
    public func hasSamples(of other: Frame) -> Bool {
        format == other.format
            && withBytes { bytes in
                other.withBytes { otherBytes in
                    guard let first = bytes.baseAddress, let second = otherBytes.baseAddress else { return true }
                    // It stops at the first difference: of frames with noise, after a few bytes.
                    return memcmp(first, second, format.byteCount) == 0
                }
            }
    }

    /// Share of the samples that stand neither at 0 nor at the top of their range, and so show noise if there is any.
    public var shareWithinRange: Double {
        let top = format.saturationLevel
        let count = withBytes { bytes in
            format.bytesPerSample == 1
                ? bytes.count { $0 > 0 && Int($0) < top }
                : bytes.withMemoryRebound(to: UInt16.self) { $0.count { $0 > 0 && Int($0) < top } }
        }
        return Double(count) / Double(max(1, format.pixelCount))
    }
}
