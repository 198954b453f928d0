// SPDX-License-Identifier: Apache-2.0

import Camera

/// Reads a frame between its pixels: the kernel of registration.
///
/// Samples lie at pixel + displacement, with the same fraction of a pixel for all of them, so that the weights of the
/// interpolation are worked out once a displacement. Bare pointers are valid within the call only.
struct FrameSampling {
    /// Whole part of the displacement, rounded down.
    private let columns: Int
    private let rows: Int
    private let across: SIMD4<Float>
    private let down: SIMD4<Float>
    private let width: Int
    private let height: Int

    /// Sampling of frames of a format at a displacement in pixels.
    init(format: FrameFormat, displacement: SIMD2<Double>) {
        let whole = displacement.rounded(.down)
        // What lies further out than the frame is outside whatever its place.
        let limit = Double(1 << 20)
        columns = Int(min(max(whole.x, -limit), limit))
        rows = Int(min(max(whole.y, -limit), limit))
        across = FrameSampling.weights(displacement.x - whole.x)
        down = FrameSampling.weights(displacement.y - whole.y)
        width = format.width
        height = format.height
    }

    /// The frame's value at a pixel moved by the displacement, by cubic convolution; nil if it lies nearer to the
    /// frame's edge than the interpolation reaches.
    ///
    /// - Parameter samples: the frame's samples, row after row.
    @inline(__always)
    func value<Sample: FixedWidthInteger & UnsignedInteger>(
        _ samples: UnsafePointer<Sample>, column: Int, row: Int
    ) -> Float? {
        let x = column &+ columns
        let y = row &+ rows
        guard x >= 1, y >= 1, x < width &- 2, y < height &- 2 else { return nil }
        var start = samples + ((y &- 1) &* width &+ x &- 1)
        var sum = SIMD4<Float>.zero
        for j in 0..<4 {
            let line = SIMD4<Float>(Float(start[0]), Float(start[1]), Float(start[2]), Float(start[3]))
            sum += down[j] * line
            start += width
        }
        return (sum * across).sum()
    }

    /// The pixel of the frame nearest to a pixel moved by the displacement.
    func nearest(column: Int, row: Int) -> (column: Int, row: Int) {
        (column + columns + (across[2] > across[1] ? 1 : 0), row + rows + (down[2] > down[1] ? 1 : 0))
    }

    /// Weights of four neighbours for a place at `fraction` between the two middle ones.
    ///
    /// Reference: Keys, R. (1981), IEEE Trans. ASSP 29, 1153, cubic convolution with a = -1/2.
    private static func weights(_ fraction: Double) -> SIMD4<Float> {
        let t = Float(fraction)
        let t2 = t * t
        let t3 = t2 * t
        return SIMD4(
            -0.5 * t3 + t2 - 0.5 * t, 1.5 * t3 - 2.5 * t2 + 1, -1.5 * t3 + 2 * t2 + 0.5 * t, 0.5 * t3 - 0.5 * t2)
    }
}
