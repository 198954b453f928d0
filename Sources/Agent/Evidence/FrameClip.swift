// SPDX-License-Identifier: Apache-2.0

import Camera

/// The surroundings of an event, cut out of the frames before, during and after it.
public struct FrameClip: Sendable {
    /// Format of the frames that the clip was cut out of.
    public let sourceFormat: FrameFormat
    /// What was cut out, in pixels of the camera.
    public let region: PixelRegion
    /// Side of the square of camera pixels whose mean became one pixel; 1 for none.
    public let binning: Int
    /// Every how many frames one was kept; 1 for all.
    public let step: Int
    /// Number of frames that were wanted but are lost: older than the history, dropped, or after the end.
    public internal(set) var missingCount = 0
    /// The cut-out frames in order of their numbers, `region` divided by `binning` in size, with the number and time of
    /// the frame each comes from.
    public private(set) var frames: [Frame] = []

    init(sourceFormat: FrameFormat, region: PixelRegion, binning: Int, step: Int) {
        self.sourceFormat = sourceFormat
        self.region = region
        self.binning = binning
        self.step = step
    }

    /// Columns of the clip.
    public var width: Int { region.width / binning }
    /// Rows of the clip.
    public var height: Int { region.height / binning }

    /// The place in the clip of a place in the camera's frame; pixel centres are whole numbers in both.
    public func position(x: Double, y: Double) -> (x: Double, y: Double) {
        let side = Double(binning)
        return ((x - Double(region.column) + 0.5) / side - 0.5, (y - Double(region.row) + 0.5) / side - 0.5)
    }

    /// Copies the region out of a whole frame.
    ///
    /// - Precondition: the frame has the format that the clip was made for and follows the frames before it.
    mutating func append(_ frame: Frame) {
        precondition(frame.format == sourceFormat, "a clip holds frames of one format")
        guard
            let format = FrameFormat(
                width: width, height: height, bitsPerSample: sourceFormat.bitsPerSample,
                // Means over the mosaic are luminance, near enough to look at.
                colorFilter: binning == 1 ? sourceFormat.colorFilter : .none)
        else { return }
        let buffer = PixelBuffer(byteCount: format.byteCount)
        frame.withBytes { source in
            buffer.withMutableBytes { target in
                if format.bytesPerSample == 1 {
                    copy(source.bindMemory(to: UInt8.self), to: target.bindMemory(to: UInt8.self))
                } else {
                    copy(source.bindMemory(to: UInt16.self), to: target.bindMemory(to: UInt16.self))
                }
            }
        }
        frames.append(Frame(format: format, index: frame.index, time: frame.time, buffer: buffer))
    }

    private func copy<Sample: FixedWidthInteger & UnsignedInteger>(
        _ source: UnsafeBufferPointer<Sample>, to target: UnsafeMutableBufferPointer<Sample>
    ) {
        let area = binning * binning
        for row in 0..<height {
            for column in 0..<width {
                var sum = area / 2
                for rowInBin in 0..<binning {
                    let start =
                        (region.row + row * binning + rowInBin) * sourceFormat.width + region.column + column * binning
                    for position in start..<start + binning { sum += Int(source[position]) }
                }
                target[row * width + column] = Sample(truncatingIfNeeded: sum / area)
            }
        }
    }
}
