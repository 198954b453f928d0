// SPDX-License-Identifier: Apache-2.0

/// The noise reduction of surveillance cameras: each frame is mixed with those before, y = a x + (1 - a) y'. Noise
/// falls by √(a / (2 - a)) and becomes correlated from frame to frame; flashes get a tail.
public final class TemporalSmoothing: FrameStage {
    public let upstream: any FrameSource
    private let share: Float
    private var mixed: [Float]
    private var values: [Float]
    private var pool: FramePool
    private var hasBegun = false

    /// Smoothing over a source.
    ///
    /// - Parameter newShare: share `a` of the new frame in the mixture, 0.01...1; 1 changes nothing.
    public init(_ upstream: any FrameSource, newShare: Double) {
        self.upstream = upstream
        share = Float(min(max(newShare, 0.01), 1))
        let format = upstream.description.format
        mixed = [Float](repeating: 0, count: format.pixelCount)
        values = mixed
        pool = FramePool(format: format)
    }

    /// The next frame mixed with those before, or nil at the end of the source.
    public func nextFrame() throws(CameraError) -> Frame? {
        guard let frame = try upstream.nextFrame() else { return nil }
        frame.copySamples(to: &values)
        if hasBegun {
            for place in values.indices { mixed[place] += share * (values[place] - mixed[place]) }
        } else {
            mixed = values
            hasBegun = true
        }
        return frame.replacing(mixed, pool: &pool)
    }
}
