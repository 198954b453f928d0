// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The tone curve of a video camera: samples rise with a power of the light, 0.45 as a rule, which lifts the noise of
/// the shadows and presses that of the lights together.
///
/// - Reference: Recommendation ITU-R BT.709, item 1.2, without the linear part next to black.
public final class GammaCurve: FrameStage {
    public let upstream: any FrameSource
    private let table: [Float]
    private var values: [Float]
    private var pool: FramePool

    /// A tone curve over a source.
    ///
    /// - Parameter exponent: 0.1...10; white stays white and black stays black.
    public init(_ upstream: any FrameSource, exponent: Double = 0.45) {
        self.upstream = upstream
        let format = upstream.description.format
        let white = Double(format.saturationLevel)
        let power = min(max(exponent, 0.1), 10)
        table = (0...format.saturationLevel).map { Float(white * pow(Double($0) / white, power)) }
        values = [Float](repeating: 0, count: format.pixelCount)
        pool = FramePool(format: format)
    }

    /// The next frame with its samples bent, or nil at the end of the source.
    public func nextFrame() throws(CameraError) -> Frame? {
        guard let frame = try upstream.nextFrame() else { return nil }
        frame.copySamples(to: &values)
        for place in values.indices { values[place] = table[min(Int(values[place]), table.count - 1)] }
        return frame.replacing(values, pool: &pool)
    }
}
