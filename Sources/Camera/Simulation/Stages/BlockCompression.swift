// SPDX-License-Identifier: Apache-2.0

/// A video codec's treatment of noise, without its entropy coding: what H.264 at a low rate does to a dark sky.
///
/// Blocks of 8 × 8 pixels are transformed and their coefficients rounded to whole steps, the finer waves to coarser
/// ones. The first frame of each group is coded alone (I-frame); in the others the difference from the frame before
/// is coded, and blocks that changed little are not touched at all (P-frames with skipped blocks). So noise stands
/// still for many frames in one block and jumps in the next, and the whole picture jumps with each I-frame. Motion
/// compensation and loop filter are left out.
public final class BlockCompression: FrameStage {
    public let upstream: any FrameSource
    private let groupLength: Int
    private let skipBelow: Float
    private let transform = BlockTransform()
    private let steps: [SIMD8<Float>]
    private var values: [Float]
    private var decoded: [Float]
    private var pool: FramePool
    private var count = 0

    /// Compression of a source.
    ///
    /// - Parameters:
    ///   - stepADU: step of the coarsest waves' coefficients in ADU; the finest have four times as much. About
    ///     8 (light) to 30 (strong) for 8-bit samples.
    ///   - groupLength: frames from one I-frame to the next, at least 1.
    ///   - skipBelowADU: blocks that differ from the frame before by less, root mean square, are skipped.
    public init(_ upstream: any FrameSource, stepADU: Double, groupLength: Int = 25, skipBelowADU: Double) {
        self.upstream = upstream
        self.groupLength = max(1, groupLength)
        skipBelow = Float(skipBelowADU)
        let size = BlockTransform.size
        steps = (0..<size).map { row in
            var line = SIMD8<Float>.zero
            for column in 0..<size {
                line[column] = Float(max(stepADU, 1e-3)) * (1 + 3 * Float(row + column) / Float(2 * size - 2))
            }
            return line
        }
        let format = upstream.description.format
        values = [Float](repeating: 0, count: format.pixelCount)
        decoded = values
        pool = FramePool(format: format)
    }

    /// The next frame as the decoder would give it, or nil at the end of the source.
    public func nextFrame() throws(CameraError) -> Frame? {
        guard let frame = try upstream.nextFrame() else { return nil }
        frame.copySamples(to: &values)
        let isAlone = count % groupLength == 0
        count += 1
        let size = BlockTransform.size
        for top in stride(from: 0, to: frame.format.height, by: size) {
            for left in stride(from: 0, to: frame.format.width, by: size) {
                code(left: left, top: top, format: frame.format, isAlone: isAlone)
            }
        }
        return frame.replacing(decoded, pool: &pool)
    }

    /// Codes and decodes one block. Beyond the frame's edge the last pixels are repeated.
    private func code(left: Int, top: Int, format: FrameFormat, isAlone: Bool) {
        let size = BlockTransform.size
        var block = [SIMD8<Float>](repeating: .zero, count: size)
        for row in 0..<size {
            let start = min(top + row, format.height - 1) * format.width
            for column in 0..<size {
                let place = start + min(left + column, format.width - 1)
                block[row][column] = isAlone ? values[place] : values[place] - decoded[place]
            }
        }
        if !isAlone {
            let power = block.reduce(Float(0)) { $0 + ($1 * $1).sum() } / Float(size * size)
            guard power > skipBelow * skipBelow else { return }
        }
        transform.forward(&block)
        for row in 0..<size {
            block[row] = (block[row] / steps[row]).rounded(.toNearestOrEven) * steps[row]
        }
        transform.inverse(&block)
        let white = Float(format.saturationLevel)
        for row in 0..<min(size, format.height - top) {
            for column in 0..<min(size, format.width - left) {
                let place = (top + row) * format.width + left + column
                let value = isAlone ? block[row][column] : decoded[place] + block[row][column]
                // A decoder's pictures are whole numbers, from which the next frame is predicted.
                decoded[place] = min(max(value.rounded(), 0), white)
            }
        }
    }
}
