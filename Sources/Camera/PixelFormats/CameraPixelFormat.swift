// SPDX-License-Identifier: Apache-2.0

/// A pixel format of a camera whose samples PSWS can read without loss, named by its V4L2 four-character code.
///
/// - Reference: Linux kernel, "Video for Linux API", chapter 2 (image formats), and `linux/videodev2.h`.
public enum CameraPixelFormat: String, Sendable, Hashable, CaseIterable {
    // Monochrome.
    case grey = "GREY"
    case y10 = "Y10 "
    case y10Packed = "Y10P"
    case y10BitPacked = "Y10B"
    case y12 = "Y12 "
    case y12Packed = "Y12P"
    case y14 = "Y14 "
    case y14Packed = "Y14P"
    case y16 = "Y16 "
    case y16BigEndian = "Y16 -BE"

    // Colour, of which the luminance is taken.
    case yuyv = "YUYV"
    case yvyu = "YVYU"
    case uyvy = "UYVY"
    case vyuy = "VYUY"
    case nv12 = "NV12"
    case nv21 = "NV21"
    case nv16 = "NV16"
    case nv61 = "NV61"
    case yuv420 = "YU12"
    case yvu420 = "YV12"
    case yuv422Planar = "422P"
    case rgb24 = "RGB3"
    case bgr24 = "BGR3"

    // Raw mosaics of a colour sensor.
    case rggb8 = "RGGB"
    case grbg8 = "GRBG"
    case gbrg8 = "GBRG"
    case bggr8 = "BA81"
    case rggb10 = "RG10"
    case grbg10 = "BA10"
    case gbrg10 = "GB10"
    case bggr10 = "BG10"
    case rggb10Packed = "pRAA"
    case grbg10Packed = "pgAA"
    case gbrg10Packed = "pGAA"
    case bggr10Packed = "pBAA"
    case rggb12 = "RG12"
    case grbg12 = "BA12"
    case gbrg12 = "GB12"
    case bggr12 = "BG12"
    case rggb12Packed = "pRCC"
    case grbg12Packed = "pgCC"
    case gbrg12Packed = "pGCC"
    case bggr12Packed = "pBCC"
    case rggb14 = "RG14"
    case grbg14 = "GR14"
    case gbrg14 = "GB14"
    case bggr14 = "BG14"
    case rggb14Packed = "pREE"
    case grbg14Packed = "pgEE"
    case gbrg14Packed = "pGEE"
    case bggr14Packed = "pBEE"
    case rggb16 = "RG16"
    case grbg16 = "GR16"
    case gbrg16 = "GB16"
    case bggr16 = "BYR2"

    /// The format of a V4L2 code, or nil if PSWS does not unpack it itself.
    public init?(fourCC: UInt32) {
        guard let format = CameraPixelFormat.allCases.first(where: { $0.fourCC == fourCC }) else { return nil }
        self = format
    }

    /// The V4L2 code: four characters, the first in the lowest byte; bit 31 marks the big-endian variant.
    public var fourCC: UInt32 {
        let characters = rawValue.utf8.prefix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return rawValue.hasSuffix("-BE") ? characters | 1 << 31 : characters
    }

    /// Significant bits of a sample, 8...16.
    public var bitsPerSample: Int { layout.bitsPerSample }

    /// Order of the colours on the sensor; `.none` for luminance.
    public var colorFilter: FrameFormat.ColorFilter {
        switch self {
        case .rggb8, .rggb10, .rggb10Packed, .rggb12, .rggb12Packed, .rggb14, .rggb14Packed, .rggb16: .rggb
        case .grbg8, .grbg10, .grbg10Packed, .grbg12, .grbg12Packed, .grbg14, .grbg14Packed, .grbg16: .grbg
        case .gbrg8, .gbrg10, .gbrg10Packed, .gbrg12, .gbrg12Packed, .gbrg14, .gbrg14Packed, .gbrg16: .gbrg
        case .bggr8, .bggr10, .bggr10Packed, .bggr12, .bggr12Packed, .bggr14, .bggr14Packed, .bggr16: .bggr
        default: .none
        }
    }

    /// Where the samples stand in memory.
    public var layout: SampleLayout {
        switch self {
        case .grey, .rggb8, .grbg8, .gbrg8, .bggr8: .bytes
        case .y10, .rggb10, .grbg10, .gbrg10, .bggr10: .littleEndianWords(bits: 10)
        case .y12, .rggb12, .grbg12, .gbrg12, .bggr12: .littleEndianWords(bits: 12)
        case .y14, .rggb14, .grbg14, .gbrg14, .bggr14: .littleEndianWords(bits: 14)
        case .y16, .rggb16, .grbg16, .gbrg16, .bggr16: .littleEndianWords(bits: 16)
        case .y16BigEndian: .bigEndianWords(bits: 16)
        case .y10Packed, .rggb10Packed, .grbg10Packed, .gbrg10Packed, .bggr10Packed: .raw10
        case .y12Packed, .rggb12Packed, .grbg12Packed, .gbrg12Packed, .bggr12Packed: .raw12
        case .y14Packed, .rggb14Packed, .grbg14Packed, .gbrg14Packed, .bggr14Packed: .raw14
        case .y10BitPacked: .bitStream10
        case .yuyv, .yvyu: .everySecondByte(first: 0)
        case .uyvy, .vyuy: .everySecondByte(first: 1)
        case .nv12, .nv21, .nv16, .nv61, .yuv420, .yvu420, .yuv422Planar: .bytes
        case .rgb24: .redGreenBlue
        case .bgr24: .blueGreenRed
        }
    }

    /// Fewest bytes that a row of `width` pixels needs (of the luminance plane, where there are several planes).
    public func minimumBytesPerLine(width: Int) -> Int { layout.byteCount(samples: width) }

    /// Bytes of a whole frame with all its planes, as a driver delivers it. The last row is counted without padding.
    ///
    /// - Parameter bytesPerLine: distance of two rows (of the luminance plane), at least `minimumBytesPerLine`.
    public func frameByteCount(width: Int, height: Int, bytesPerLine: Int) -> Int {
        switch self {
        case .nv12, .nv21: bytesPerLine * height + bytesPerLine * ((height + 1) / 2)
        case .yuv420, .yvu420: bytesPerLine * height + 2 * ((bytesPerLine + 1) / 2) * ((height + 1) / 2)
        case .nv16, .nv61: 2 * bytesPerLine * height
        case .yuv422Planar: bytesPerLine * height + 2 * ((bytesPerLine + 1) / 2) * height
        default: bytesPerLine * (height - 1) + minimumBytesPerLine(width: width)
        }
    }
}
