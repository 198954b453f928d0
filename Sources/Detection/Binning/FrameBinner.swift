// SPDX-License-Identifier: Apache-2.0

import Camera

/// Sums each 2 × 2 pixels of a frame to one, for boards that are too slow for all of them.
///
/// The sums keep two bits more, so that nothing of the light is lost; where there are no two bits more, they are
/// divided by four. A last odd column or row is left out.
struct FrameBinner {
    /// Format of the frames that come.
    let source: FrameFormat
    /// Format of the frames that go.
    let target: FrameFormat

    private var pool: FramePool

    /// Nil if the frames are too small.
    init?(format: FrameFormat) {
        guard
            let target = FrameFormat(
                width: format.width / 2, height: format.height / 2, bitsPerSample: min(16, format.bitsPerSample + 2))
        else { return nil }
        source = format
        self.target = target
        pool = FramePool(format: target)
    }

    /// Samples of the source in one unit of the target.
    private var divisor: Int { source.bitsPerSample + 2 > 16 ? 1 << (source.bitsPerSample - 14) : 1 }

    /// Mean sample of the source for one ADU of the target.
    var sampleShare: Double { Double(divisor) / 4 }

    /// The frame with a quarter of the pixels; number and time stay.
    mutating func bin(_ frame: Frame) -> Frame {
        let buffer = pool.obtain()
        let width = source.width
        frame.withBytes { bytes in
            buffer.withMutableBytes { result in
                let sums = result.bindMemory(to: UInt16.self)
                if source.bytesPerSample == 1 {
                    let samples = bytes.bindMemory(to: UInt8.self)
                    FrameBinner.sum(samples, width: width, into: sums, target: target, shift: 0)
                } else {
                    let samples = bytes.bindMemory(to: UInt16.self)
                    FrameBinner.sum(
                        samples, width: width, into: sums, target: target, shift: divisor.trailingZeroBitCount)
                }
            }
        }
        return Frame(
            format: target, index: frame.index, time: frame.time, droppedBefore: frame.droppedBefore, buffer: buffer)
    }

    /// An event in pixels and ADU of the source.
    func restore(_ event: DetectedEvent) -> DetectedEvent {
        // The centre of a sum lies between its pixels.
        func full(_ place: Double) -> Double { 2 * place + 0.5 }
        let unit = Double(divisor)
        var result = event
        result.x = full(event.x)
        result.y = full(event.y)
        result.track = event.track.map { point in
            TrackPoint(
                frame: point.frame, x: full(point.x), y: full(point.y), fluxADU: unit * point.fluxADU,
                fluxErrorADU: unit * point.fluxErrorADU, time: point.time)
        }
        result.fluxADU *= unit
        result.fluxErrorADU *= unit
        result.backgroundADU *= unit / 4
        result.noiseADU *= unit / 2
        result.pointSpreadSigmaPixels *= 2
        return result
    }

    /// The settings for the frames that go: lengths are half as many pixels.
    func settings(_ configuration: DetectorConfiguration) -> DetectorConfiguration {
        var result = configuration
        result.binning = 1
        result.pointSpreadSigmaPixels = configuration.pointSpreadSigmaPixels.map { max($0 / 2, 0.5) }
        result.arcsecondsPerPixel = configuration.arcsecondsPerPixel.map { 2 * $0 }
        if let mask = configuration.exclusionMask {
            result.exclusionMask = (0..<target.pixelCount).map { index in
                let x = 2 * (index % target.width)
                let y = 2 * (index / target.width)
                let first = y * source.width + x
                return mask[first] || mask[first + 1] || mask[first + source.width] || mask[first + source.width + 1]
            }
        }
        return result
    }

    private static func sum<Sample: FixedWidthInteger & UnsignedInteger>(
        _ samples: UnsafeBufferPointer<Sample>, width: Int, into sums: UnsafeMutableBufferPointer<UInt16>,
        target: FrameFormat, shift: Int
    ) {
        guard let source = samples.baseAddress, let result = sums.baseAddress else { return }
        let half: UInt32 = shift > 0 ? 1 << UInt32(shift - 1) : 0
        for y in 0..<target.height {
            let upper = source + 2 * y * width
            let lower = upper + width
            let row = result + y * target.width
            for x in 0..<target.width {
                let sum = UInt32(upper[2 * x]) &+ UInt32(upper[2 * x + 1]) &+ UInt32(lower[2 * x])
                row[x] = UInt16(truncatingIfNeeded: (sum &+ UInt32(lower[2 * x + 1]) &+ half) >> UInt32(shift))
            }
        }
    }
}
