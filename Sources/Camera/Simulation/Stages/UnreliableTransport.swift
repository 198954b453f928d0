// SPDX-License-Identifier: Apache-2.0

/// A cable or driver that loses frames, and a camera that shows the last frame again where the next is not ready.
///
/// A lost frame leaves a gap in the numbers and is counted in the next frame's `droppedBefore`; a repeated one looks
/// like any other but has the samples of the frame before.
public final class UnreliableTransport: FrameStage {
    public let upstream: any FrameSource
    private let droppedShare: Double
    private let repeatedShare: Double
    private var random: Xoshiro256
    private var values: [Float]
    private var pool: FramePool
    private var hasBegun = false

    /// Loss and repetition over a source.
    ///
    /// - Parameters:
    ///   - droppedShare: share of the frames that are lost, 0...0.9.
    ///   - repeatedShare: share of the frames that repeat the one before, 0...1.
    ///   - seed: decides which.
    public init(_ upstream: any FrameSource, droppedShare: Double = 0, repeatedShare: Double = 0, seed: UInt64 = 1) {
        self.upstream = upstream
        self.droppedShare = min(max(droppedShare, 0), 0.9)
        self.repeatedShare = min(max(repeatedShare, 0), 1)
        random = Xoshiro256(seed: seed, stream: 31)
        let format = upstream.description.format
        values = [Float](repeating: 0, count: format.pixelCount)
        pool = FramePool(format: format)
    }

    /// The next frame that arrives, or nil at the end of the source.
    public func nextFrame() throws(CameraError) -> Frame? {
        var dropped = 0
        while let frame = try upstream.nextFrame() {
            if random.uniform() < droppedShare {
                dropped += 1 + frame.droppedBefore
                continue
            }
            let isRepeat = random.uniform() < repeatedShare && hasBegun
            if !isRepeat { frame.copySamples(to: &values) }
            hasBegun = true
            let buffer = pool.obtain()
            SampleRounding.write(values, to: buffer, format: frame.format)
            return Frame(
                format: frame.format, index: frame.index, time: frame.time,
                droppedBefore: dropped + frame.droppedBefore, buffer: buffer)
        }
        return nil
    }
}
