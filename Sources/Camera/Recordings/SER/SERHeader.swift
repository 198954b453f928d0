// SPDX-License-Identifier: Apache-2.0

/// The first 178 bytes of a SER recording.
///
/// - Reference: H. Kaiser, G. Hahn, "SER format description version 3" (2014).
struct SERHeader: Equatable {
    /// Length of the header in bytes.
    static let byteCount = 178
    /// The first 14 bytes of every SER recording.
    static let fileID = Array("LUCAM-RECORDER".utf8)

    /// Arrangement of the colours; unknown values are kept.
    var colorID: Int32
    /// The flag for the byte order as it stands in the file; see `SERByteOrder` for what it is worth.
    var littleEndianFlag: Int32
    var width: Int32
    var height: Int32
    /// Significant bits of a sample of one colour plane.
    var bitsPerSample: Int32
    /// Frames, as the recorder wrote it; 0 or wrong if it crashed.
    var frameCount: Int32
    var observer: String
    var instrument: String
    var telescope: String
    /// Start of the recording in the recorder's local time; 0 if it has no time stamps.
    var localStartTicks: Int64
    /// Start of the recording in UTC.
    var startTicks: Int64

    /// Reads a header; nil if `bytes` are too few or do not begin with the file ID.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= SERHeader.byteCount, bytes.starts(with: SERHeader.fileID) else { return nil }
        func integer<Number: FixedWidthInteger>(_ offset: Int, _: Number.Type) -> Number {
            bytes.withUnsafeBytes { Number(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Number.self)) }
        }
        func text(_ offset: Int) -> String {
            let printable = bytes[offset..<offset + 40].prefix { $0 != 0 }.filter { $0 >= 32 && $0 != 127 }
            let words = String(decoding: printable, as: UTF8.self).split(separator: " ")
            return words.joined(separator: " ")
        }
        colorID = integer(18, Int32.self)
        littleEndianFlag = integer(22, Int32.self)
        width = integer(26, Int32.self)
        height = integer(30, Int32.self)
        bitsPerSample = integer(34, Int32.self)
        frameCount = integer(38, Int32.self)
        observer = text(42)
        instrument = text(82)
        telescope = text(122)
        localStartTicks = integer(162, Int64.self)
        startTicks = integer(170, Int64.self)
    }

    /// A header for a new recording.
    init(colorID: SERColorID, format: FrameFormat, observer: String, instrument: String, telescope: String) {
        self.colorID = colorID.rawValue
        littleEndianFlag = SERByteOrder.flagOfThisMachine
        width = Int32(format.width)
        height = Int32(format.height)
        bitsPerSample = Int32(format.bitsPerSample)
        frameCount = 0
        self.observer = observer
        self.instrument = instrument
        self.telescope = telescope
        localStartTicks = 0
        startTicks = 0
    }

    /// The 178 bytes of the header. Texts longer than 40 bytes are cut.
    var bytes: [UInt8] {
        var bytes = SERHeader.fileID
        func append(_ number: some FixedWidthInteger) {
            withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
        }
        func append(_ text: String) {
            let field = text.utf8.prefix(40)
            bytes.append(contentsOf: field)
            bytes.append(contentsOf: repeatElement(0, count: 40 - field.count))
        }
        append(Int32(0))
        for number in [colorID, littleEndianFlag, width, height, bitsPerSample, frameCount] { append(number) }
        for text in [observer, instrument, telescope] { append(text) }
        for ticks in [localStartTicks, startTicks] { append(ticks) }
        return bytes
    }
}
