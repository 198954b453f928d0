// SPDX-License-Identifier: Apache-2.0

/// A pixel format that a camera offers, with its sizes and rates.
public struct V4L2FormatOffer: Sendable, Hashable {
    /// The four characters of the format as one number, the first in the lowest byte (`V4L2_PIX_FMT_…`).
    public var fourCC: UInt32
    /// What the driver calls the format.
    public var name: String
    /// True for MJPEG, H.264 and the like.
    public var isCompressed: Bool
    /// True if libv4lconvert makes the format of another one.
    public var isConverted: Bool
    /// Sizes with their rates, in the driver's order.
    public var sizes: [V4L2SizeOffer]

    /// An offer from its parts.
    public init(
        fourCC: UInt32, name: String, isCompressed: Bool = false, isConverted: Bool = false, sizes: [V4L2SizeOffer]
    ) {
        self.fourCC = fourCC
        self.name = name
        self.isCompressed = isCompressed
        self.isConverted = isConverted
        self.sizes = sizes
    }

    /// The four characters as text, without trailing blanks: `Y16`.
    public var fourCCText: String { V4L2FormatOffer.text(ofFourCC: fourCC) }

    /// Four characters as text, without trailing blanks. A big-endian format, which has the highest bit set, ends in
    /// `-BE`; characters that cannot be printed read as `?`.
    public static func text(ofFourCC fourCC: UInt32) -> String {
        let isBigEndian = fourCC & 0x8000_0000 != 0
        var text = ""
        for shift in [0, 8, 16, 24] as [UInt32] {
            let byte = UInt8(truncatingIfNeeded: (fourCC & 0x7fff_ffff) >> shift)
            text.unicodeScalars.append((32...126).contains(byte) ? Unicode.Scalar(byte) : "?")
        }
        while text.last == " " { text.removeLast() }
        return text + (isBigEndian ? "-BE" : "")
    }
}
