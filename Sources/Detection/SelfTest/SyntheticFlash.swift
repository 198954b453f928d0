// SPDX-License-Identifier: Apache-2.0

import Camera

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The light of a point source that never shone, to be added to a copy of a frame.
struct SyntheticFlash {
    /// Place in the frame, in pixels of the sensor.
    var place: SIMD2<Double>
    /// Standard deviation of its Gaussian point spread, in pixels.
    var sigma: Double
    /// Flux in ADU.
    var fluxADU: Double

    /// Pixels that the light reaches to either side: five standard deviations, at most as far as a `Patch`.
    private var reach: Int { min(Int((5 * sigma).rounded(.up)), Patch.radius) }

    /// A flash of a given matched-filter signal to noise.
    ///
    /// Given: place and width; the standard deviation of a pixel of the sensor. Returned: the flash whose flux is
    /// ρ (Σ p² / σ²)^(-1/2), with p the point spread sampled at the pixels' centres, of unit sum.
    ///
    /// - Parameter deviation: in ADU, above 0, of the pixel at a column and row; nil outside the frame.
    init(
        signalToNoise: Double, place: SIMD2<Double>, sigma: Double, deviation: (_ column: Int, _ row: Int) -> Double?
    ) {
        self.init(place: place, sigma: sigma, fluxADU: 0)
        var weight = 0.0
        forEachPixel { column, row, share in
            guard let noise = deviation(column, row) else { return }
            weight += share * share / (noise * noise)
        }
        fluxADU = weight > 0 ? signalToNoise / weight.squareRoot() : 0
    }

    private init(place: SIMD2<Double>, sigma: Double, fluxADU: Double) {
        self.place = place
        self.sigma = sigma
        self.fluxADU = fluxADU
    }

    /// A copy of a frame with the flash in it, in whole numbers and no brighter than white.
    ///
    /// What rounding leaves of a pixel is handed on to the next in its row, as noise would have decided it on average:
    /// rounding each pixel for itself would cut off the faint wings of the point spread.
    func added(to frame: Frame) -> Frame {
        let format = frame.format
        let buffer = PixelBuffer(byteCount: format.byteCount)
        let white = Double(format.saturationLevel)
        buffer.withMutableBytes { target in
            frame.withBytes { target.copyMemory(from: $0) }
            var remainder = 0.0
            var lastRow = Int.min
            forEachPixel { column, row, share in
                guard (0..<format.width).contains(column), (0..<format.height).contains(row) else { return }
                if row != lastRow { (remainder, lastRow) = (0, row) }
                let wanted = Double(frame[column, row]) + fluxADU * share + remainder
                let value = wanted.rounded()
                remainder = wanted - value
                let stored = min(max(value, 0), white)
                let position = row * format.width + column
                if format.bytesPerSample == 1 {
                    target[position] = UInt8(stored)
                } else {
                    target.storeBytes(of: UInt16(stored), toByteOffset: 2 * position, as: UInt16.self)
                }
            }
        }
        return Frame(
            format: format, index: frame.index, time: frame.time, droppedBefore: frame.droppedBefore, buffer: buffer)
    }

    /// Calls `body` with each pixel that the light reaches, row after row, and the share of the flux in it.
    private func forEachPixel(_ body: (_ column: Int, _ row: Int, _ share: Double) -> Void) {
        let column = Int(place.x.rounded())
        let row = Int(place.y.rounded())
        let norm = 1 / (2 * Double.pi * sigma * sigma)
        for y in (row - reach)...(row + reach) {
            for x in (column - reach)...(column + reach) {
                let distance = SIMD2(Double(x), Double(y)) - place
                body(x, y, norm * exp(-(distance * distance).sum() / (2 * sigma * sigma)))
            }
        }
    }
}
