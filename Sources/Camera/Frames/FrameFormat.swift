// SPDX-License-Identifier: Apache-2.0

/// Shape and sample type of the single plane of numbers that a frame is.
///
/// A frame is always one plane: luminance, or the raw mosaic of a colour sensor, which detection treats as
/// monochrome because its background and noise are kept for each pixel.
public struct FrameFormat: Sendable, Hashable {
    /// Columns, at least 1.
    public let width: Int
    /// Rows, at least 1.
    public let height: Int
    /// Significant bits of a sample, 8...16. Samples of 8 bits are stored as `UInt8`, deeper ones as `UInt16` in
    /// the machine's byte order, right-aligned: white is `saturationLevel` whatever the depth.
    public let bitsPerSample: Int
    /// Order of the colours on the sensor; `.none` for luminance.
    public let colorFilter: ColorFilter

    /// Sensor mosaics, named by the colours of the first two pixels of the first two rows.
    public enum ColorFilter: String, Sendable, Hashable, CaseIterable {
        case none, rggb, grbg, gbrg, bggr
    }

    /// Greatest number of pixels in a frame that any source accepts: 16 384 × 16 384.
    public static let maximumPixelCount = 1 << 28

    /// A format, or nil if a number is out of its range.
    public init?(width: Int, height: Int, bitsPerSample: Int, colorFilter: ColorFilter = .none) {
        guard width >= 1, height >= 1, width <= 65_536, height <= 65_536,
            width * height <= FrameFormat.maximumPixelCount, (8...16).contains(bitsPerSample)
        else { return nil }
        self.width = width
        self.height = height
        self.bitsPerSample = bitsPerSample
        self.colorFilter = colorFilter
    }

    /// Columns times rows.
    public var pixelCount: Int { width * height }
    /// Bytes of a stored sample: 1 or 2.
    public var bytesPerSample: Int { bitsPerSample > 8 ? 2 : 1 }
    /// Bytes of the whole plane; rows follow each other without padding.
    public var byteCount: Int { pixelCount * bytesPerSample }
    /// Greatest value that a sample can have, for example 4095 for 12 bits.
    public var saturationLevel: Int { (1 << bitsPerSample) - 1 }
}
