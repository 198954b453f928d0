// SPDX-License-Identifier: Apache-2.0

/// Puts FITS files together by hand, so that the reader is not tested against the library that it uses.
enum FITSBytes {
    /// A header of cards, `keyword = value`, with values as FITS writes them, padded to whole blocks.
    static func header(_ cards: [(String, String)]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (keyword, value) in cards + [("END", "")] {
            let text = keyword == "END" ? keyword : padded(keyword, 8) + "= " + value
            bytes += Array(padded(text, 80).utf8)
        }
        return blocks(bytes, fill: 32)
    }

    /// The cards that every primary image begins with.
    static func image(bits: Int, axes: [Int], _ more: [(String, String)] = []) -> [(String, String)] {
        let axisCards = axes.enumerated().map { ("NAXIS\($0.offset + 1)", right("\($0.element)")) }
        return [("SIMPLE", right("T")), ("BITPIX", right("\(bits)")), ("NAXIS", right("\(axes.count)"))] + axisCards
            + more
    }

    /// A whole file of one image: header and big-endian values.
    static func file(bits: Int, axes: [Int], _ more: [(String, String)] = [], values: [Double]) -> [UInt8] {
        let data: [UInt8] = values.flatMap { value -> [UInt8] in
            switch bits {
            case 8: [UInt8(value)]
            case 16: bigEndian(Int16(value))
            case 32: bigEndian(Int32(value))
            case -32: bigEndian(Float(value).bitPattern)
            default: bigEndian(value.bitPattern)
            }
        }
        return header(image(bits: bits, axes: axes, more)) + blocks(data, fill: 0)
    }

    /// The most significant byte first, as FITS stores numbers.
    static func bigEndian(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.bigEndian) { Array($0) }
    }

    /// A number or logical value, right-aligned in its field.
    static func right(_ text: String) -> String { String(repeating: " ", count: max(0, 20 - text.count)) + text }

    /// A text value in quotes.
    static func text(_ text: String) -> String { "'" + padded(text, 8) + "'" }

    /// A file whose image is compressed in tiles of one row by the Rice algorithm. Every row is constant, which needs
    /// three bytes: the first value and an empty code for the differences.
    static func compressed(width: Int, rows: [Int16]) -> [UInt8] {
        let cards: [(String, String)] = [
            ("XTENSION", text("BINTABLE")), ("BITPIX", right("8")), ("NAXIS", right("2")), ("NAXIS1", right("8")),
            ("NAXIS2", right("\(rows.count)")), ("PCOUNT", right("\(3 * rows.count)")), ("GCOUNT", right("1")),
            ("TFIELDS", right("1")), ("TTYPE1", text("COMPRESSED_DATA")), ("TFORM1", text("1PB(3)")),
            ("ZIMAGE", right("T")), ("ZBITPIX", right("16")), ("ZNAXIS", right("2")), ("ZNAXIS1", right("\(width)")),
            ("ZNAXIS2", right("\(rows.count)")), ("ZTILE1", right("\(width)")), ("ZTILE2", right("1")),
            ("ZCMPTYPE", text("RICE_1")), ("ZNAME1", text("BLOCKSIZE")), ("ZVAL1", right("32")),
            ("ZNAME2", text("BYTEPIX")), ("ZVAL2", right("2")), ("DATE-OBS", text("2026-03-01T21:00:00.5")),
        ]
        let descriptors: [UInt8] = rows.indices.flatMap { row -> [UInt8] in
            bigEndian(Int32(3)) + bigEndian(Int32(3 * row))
        }
        let heap: [UInt8] = rows.flatMap { value -> [UInt8] in bigEndian(value) + [0] }
        return header(image(bits: 8, axes: [])) + header(cards) + blocks(descriptors + heap, fill: 0)
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func blocks(_ bytes: [UInt8], fill: UInt8) -> [UInt8] {
        bytes + Array(repeating: fill, count: (2880 - bytes.count % 2880) % 2880)
    }
}
