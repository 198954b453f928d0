// SPDX-License-Identifier: Apache-2.0

import Camera

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Frames of Gaussian noise on a level, made fast enough to wait for rare peaks.
///
/// A store of noise is drawn once. A frame takes each of its rows from a random place of the store, so that what lies
/// next to each other in different rows is always new.
struct NoiseFrames {
    /// Standard deviation of the noise, and the level it lies on, in 1/256 of the sample's range.
    static let sigma = 4.0
    static let level = 40.0

    let format: FrameFormat
    private let store: [UInt8]
    private var random: SplitMix64
    private var pool: FramePool
    private var index = 0

    init(format: FrameFormat, seed: UInt64) {
        self.format = format
        random = SplitMix64(seed: seed)
        pool = FramePool(format: format)
        let count = (1 << 22) + 2 * format.width
        let scale = format.bytesPerSample == 1 ? 1.0 : Double(1 << (format.bitsPerSample - 8))
        var bytes = [UInt8](repeating: 0, count: count * format.bytesPerSample)
        for position in 0..<count {
            let value = Int((scale * (NoiseFrames.level + NoiseFrames.sigma * NoiseFrames.normal(&random))).rounded())
            if format.bytesPerSample == 1 {
                bytes[position] = UInt8(clamping: value)
            } else {
                let sample = UInt16(clamping: value)
                withUnsafeBytes(of: sample) { for byte in 0..<2 { bytes[2 * position + byte] = $0[byte] } }
            }
        }
        store = bytes
    }

    /// Standard deviation of the noise in ADU of the format.
    var sigmaADU: Double {
        NoiseFrames.sigma * (format.bytesPerSample == 1 ? 1 : Double(1 << (format.bitsPerSample - 8)))
    }

    /// The next frame.
    mutating func next() -> Frame {
        let buffer = pool.obtain()
        let size = format.bytesPerSample
        let rowBytes = format.width * size
        let places = UInt64(store.count / size - format.width)
        buffer.withMutableBytes { target in
            store.withUnsafeBytes { source in
                for y in 0..<format.height {
                    let start = Int(random.next() % places) * size
                    let row = UnsafeMutableRawBufferPointer(
                        rebasing: target[(y * rowBytes)..<((y + 1) * rowBytes)])
                    row.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[start..<(start + rowBytes)]))
                }
            }
        }
        index += 1
        return Frame(format: format, index: index - 1, time: nil, buffer: buffer)
    }

    /// A normal number, by Box and Muller's method.
    private static func normal(_ random: inout SplitMix64) -> Double {
        let first = (Double(random.next() >> 11) + 1) / Double(1 << 53)
        let second = Double(random.next() >> 11) / Double(1 << 53)
        return (-2 * log(first)).squareRoot() * cos(2 * .pi * second)
    }
}
