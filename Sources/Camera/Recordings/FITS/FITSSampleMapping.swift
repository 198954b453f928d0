// SPDX-License-Identifier: Apache-2.0

import CCFITSIO

/// How the values of a FITS image become samples.
///
/// 1. Unsigned values of 8 or 16 bits, the latter by `BZERO` = 32768, stay what they are.
/// 2. Other integers stay what they are if the first image has only values in 0...65535.
/// 3. Everything else becomes 16 bits by sample = (value − lowest) × 2ᵏ + 8192, rounded and clipped to 0...65535.
///    `lowest` and `highest` are of the first image; k is the greatest for which (highest − lowest) × 2ᵏ ≤ 32768, and
///    at most 0 for integers. A quarter of the range above the first image is left for what brightens.
///
/// Values that are not a number become 0.
enum FITSSampleMapping: Equatable {
    case bytes
    case words
    case linear(lowest: Double, scale: Double, base: Double)

    /// The mapping for an image and those that follow it.
    init(_ image: FITSImage) throws(CameraError) {
        if let stored = FITSSampleMapping(asStored: image) {
            self = stored
            return
        }
        var lowest = Double.infinity
        var highest = -Double.infinity
        try image.forEachRow(plane: 0) { _, values in
            for value in values where value.isFinite {
                lowest = min(lowest, value)
                highest = max(highest, value)
            }
        }
        let areIntegers =
            image.bitsPerValue > 0 && image.scale == image.scale.rounded()
            && image.offset == image.offset.rounded()
        if lowest > highest || (areIntegers && lowest >= 0 && highest <= 65_535) {
            self = .linear(lowest: 0, scale: 1, base: 0)
            return
        }
        var scale = 1.0
        // The bounds keep a hostile range, down to the smallest doubles, from going on for ever.
        for _ in 0..<1100 where (highest - lowest) * scale > 32_768 { scale /= 2 }
        for _ in 0..<1000 where !areIntegers && highest > lowest && (highest - lowest) * scale * 2 <= 32_768 {
            scale *= 2
        }
        self = .linear(lowest: lowest, scale: scale, base: 8192)
    }

    /// The mapping of unsigned 8 and 16 bit values; nil for all others.
    init?(asStored image: FITSImage) {
        switch (image.bitsPerValue, image.scale, image.offset) {
        case (8, 1, 0): self = .bytes
        case (16, 1, 32_768): self = .words
        default: return nil
        }
    }

    /// Bits of the samples.
    var bitsPerSample: Int { self == .bytes ? 8 : 16 }

    /// What the operator should know of the mapping; nil if the values stay what they are.
    var notice: String? {
        guard case .linear(let lowest, let scale, let base) = self, base != 0 else { return nil }
        return "values are mapped to 16 bits: (value − \(lowest)) × \(scale) + \(Int(base))"
    }

    /// Reads an image into the plane of a frame.
    func read(_ image: FITSImage, plane: Int, into buffer: PixelBuffer) throws(CameraError) {
        let count = Int64(image.width * image.height)
        try buffer.withMutableBytes { (bytes) throws(CameraError) in
            guard let target = bytes.baseAddress else { return }
            switch self {
            case .bytes:
                try image.read(plane: plane) {
                    ccfitsio_read_uint8($0, Int64(plane), 0, count, target.assumingMemoryBound(to: UInt8.self))
                }
            case .words:
                try image.read(plane: plane) {
                    ccfitsio_read_uint16($0, Int64(plane), 0, count, target.assumingMemoryBound(to: UInt16.self))
                }
            case .linear(let lowest, let scale, let base):
                let samples = target.assumingMemoryBound(to: UInt16.self)
                try image.forEachRow(plane: plane) { row, values in
                    let first = samples + row * values.count
                    for (column, value) in values.enumerated() {
                        let sample = ((value - lowest) * scale + base).rounded()
                        first[column] = sample >= 65_535 ? 65_535 : sample > 0 ? UInt16(sample) : 0
                    }
                }
            }
        }
    }
}

extension FITSImage {
    /// Reads an image row by row as real numbers and lends each row to `body`.
    func forEachRow(plane: Int, _ body: (Int, [Double]) -> Void) throws(CameraError) {
        var values = [Double](repeating: 0, count: width)
        for row in 0..<height {
            try read(plane: plane) { ccfitsio_read_double($0, Int64(plane), Int64(row), Int64(width), &values) }
            body(row, values)
        }
    }
}
