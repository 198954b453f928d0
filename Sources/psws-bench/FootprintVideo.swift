// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A video of sky noise, for what an agent takes while it watches.
struct FootprintVideo: CustomStringConvertible {
    let width: Int
    let height: Int
    let framesPerSecond: Int

    var description: String { "\(width)×\(height) at \(framesPerSecond)/s" }

    /// What a YUV4MPEG2 stream of these frames begins with.
    var header: String { "YUV4MPEG2 W\(width) H\(height) F\(framesPerSecond):1 Ip A1:1 Cmono\n" }

    /// A frame with the mean 40 and the standard deviation 4.6: the sum of four numbers of three bits.
    func frame(seed: Int) -> Data {
        var state = UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 | 1
        return Data(
            (0..<width * height).map { _ in
                var sum = 0
                for _ in 0..<4 {
                    state ^= state << 13
                    state ^= state >> 7
                    state ^= state << 17
                    sum += Int(state & 7)
                }
                return UInt8(26 + sum)
            })
    }
}
