// SPDX-License-Identifier: Apache-2.0

import Camera

/// A frame of the history minus what the scene should show, read between its pixels: the places are those of the
/// scene, whatever the fraction of a pixel by which the frame is displaced.
struct SceneDifference {
    let entry: FrameHistory.Entry
    let background: BackgroundModel

    /// Calls `body` with the difference in ADU at each pixel of a square of the scene that the frame shows and that
    /// is not masked.
    ///
    /// - Parameters:
    ///   - left: first column of the square.
    ///   - top: first row of the square.
    ///   - body: takes the index of the pixel within the square, row after row, and its difference.
    func forEach(left: Int, top: Int, side: Int, _ body: (_ index: Int, _ difference: Float) -> Void) {
        entry.frame.withBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            if background.format.bytesPerSample == 1 {
                visit(base.assumingMemoryBound(to: UInt8.self), left: left, top: top, side: side, body)
            } else {
                visit(base.assumingMemoryBound(to: UInt16.self), left: left, top: top, side: side, body)
            }
        }
    }

    private func visit<Sample: FixedWidthInteger & UnsignedInteger>(
        _ samples: UnsafePointer<Sample>, left: Int, top: Int, side: Int, _ body: (Int, Float) -> Void
    ) {
        let format = background.format
        let alignment = entry.alignment
        let sampling = FrameSampling(format: format, displacement: alignment.displacement)
        for y in max(top, 0)..<max(min(top + side, format.height), max(top, 0)) {
            for x in max(left, 0)..<max(min(left + side, format.width), max(left, 0)) {
                guard let value = sampling.value(samples, column: x, row: y) else { continue }
                let nearest = sampling.nearest(column: x, row: y)
                guard background.mask[nearest.column, nearest.row] == 0 else { continue }
                let expected = alignment.expected(background.mean[x, y], column: x, row: y)
                body((y - top) * side + x - left, value - expected)
            }
        }
    }
}
