// SPDX-License-Identifier: Apache-2.0

/// Numbers to the samples of a frame: rounded to whole steps and clipped to the range.
enum SampleRounding {
    /// Writes a whole frame of numbers, row after row, into a buffer of the format.
    static func write(_ values: [Float], to buffer: PixelBuffer, format: FrameFormat) {
        precondition(values.count == format.pixelCount && buffer.byteCount >= format.byteCount)
        let white = Float(format.saturationLevel)
        values.withUnsafeBufferPointer { values in
            buffer.withMutableBytes { bytes in
                if format.bytesPerSample == 1 {
                    round(values, white: white, to: bytes.bindMemory(to: UInt8.self))
                } else {
                    round(values, white: white, to: bytes.bindMemory(to: UInt16.self))
                }
            }
        }
    }

    /// Adding 2²³ leaves the rounded number in the low bits of a `Float`, which the compiler turns into vector code.
    @inline(__always)
    private static func round<Sample: FixedWidthInteger>(
        _ values: UnsafeBufferPointer<Float>, white: Float, to target: UnsafeMutableBufferPointer<Sample>
    ) {
        for place in 0..<values.count {
            let positive = values[place] > 0 ? values[place] : 0
            let held = positive < white ? positive : white
            target[place] = Sample(truncatingIfNeeded: (held + 8_388_608).bitPattern)
        }
    }
}
