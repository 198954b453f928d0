// SPDX-License-Identifier: Apache-2.0

import Camera

/// A row of samples and what they should be, cut to the columns that the frame has.
struct PreparedRow {
    /// Row of the model.
    var row: Int
    /// Number of the frame.
    var frame: Int
    /// Columns of the model that the frame reaches.
    var columns: Range<Int>
    /// Both begin at the first of the columns.
    var samples: UnsafeMutablePointer<Float>
    var prediction: UnsafeMutablePointer<Float>
}

/// Rows to work in while a frame is compared with the background; one for each thread.
final class BackgroundWorkspace {
    let samples: ScratchRow
    let prediction: ScratchRow
    let blend: ScratchRow
    /// What `samples` and `prediction` hold at the moment; nil for nothing.
    var prepared: PreparedRow?
    private let width: Int
    private let lastRow: UnsafeMutablePointer<UInt8>

    init(width: Int) {
        self.width = width
        samples = ScratchRow(width: width)
        prediction = ScratchRow(width: width)
        blend = ScratchRow(width: width)
        lastRow = .allocate(capacity: PixelKernels.padded(width))
        lastRow.initialize(repeating: 0, count: PixelKernels.padded(width))
    }

    deinit { lastRow.deallocate() }

    /// Lends a row of 8-bit samples of which whole blocks may be read.
    func withSamples(of frame: Frame, row: Int, _ body: (UnsafePointer<UInt8>) -> Void) {
        frame.withBytes { bytes in
            guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
            let start = row * width
            // Behind the last rows of the frame the memory is not ours.
            if start + PixelKernels.padded(width) > bytes.count {
                lastRow.update(from: base + start, count: width)
                body(UnsafePointer(lastRow))
            } else {
                body(base + start)
            }
        }
    }
}
