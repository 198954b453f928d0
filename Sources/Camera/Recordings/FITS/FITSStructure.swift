// SPDX-License-Identifier: Apache-2.0

/// Looks at the headers of a FITS file before cfitsio does, and refuses what cfitsio does not survive.
///
/// cfitsio 4.2 takes the numbers in its headers on trust: damaged images that are compressed in tiles make it divide by
/// zero and write past its memory, whatever the compression. So mandatory keywords must stand in order, and compressed
/// images are refused: funpack, in a process of its own, is the place to unpack them.
///
/// - Reference: FITS standard 4.0, sections 4.4 (mandatory keywords) and 10.1 (tiled image compression).
struct FITSStructure {
    private static let blockLength = 2880
    private static let cardLength = 80
    /// Bounds on what a file may make us read: headers of a file, cards of a header.
    private static let maximumHeaderCount = 64
    private static let maximumCardCount = 36_000

    private let file: InputFile

    /// Checks a file.
    ///
    /// - Throws: `CameraError` if a header is damaged or compressed in a way that is not supported.
    static func check(_ file: InputFile) throws(CameraError) {
        let structure = FITSStructure(file: file)
        var offset = 0
        for number in 0..<maximumHeaderCount where offset < file.byteCount {
            guard let header = try structure.header(at: offset, number: number) else { return }
            guard !header.isCompressedImage else {
                throw structure.failure(.unsupported, "the image is compressed in tiles", "unpack it with funpack")
            }
            offset = header.end
        }
        if offset < file.byteCount {
            throw structure.failure(.unsupported, "the file has more than \(maximumHeaderCount) extensions")
        }
    }

    private struct Header {
        var isCompressedImage: Bool
        /// Where the next header begins.
        var end: Int
    }

    /// The header that begins at `offset`; nil if none does: what follows the last one has no meaning.
    private func header(at offset: Int, number: Int) throws(CameraError) -> Header? {
        var cards: [String: String] = [:]
        var mandatory: [String] = []
        var position = offset
        while position - offset < FITSStructure.maximumCardCount * FITSStructure.cardLength {
            let block = try file.bytes(count: FITSStructure.blockLength, at: position)
            guard block.count == FITSStructure.blockLength else {
                if position == offset, number > 0 { return nil }
                throw failure(.truncated, "the file ends inside a header")
            }
            position += FITSStructure.blockLength
            for start in stride(from: 0, to: block.count, by: FITSStructure.cardLength) {
                let card = block[start..<start + FITSStructure.cardLength]
                let keyword = FITSStructure.trimmed(card.prefix(8)).uppercased()
                if mandatory.isEmpty, keyword != (number == 0 ? "SIMPLE" : "XTENSION") {
                    guard number == 0 else { return nil }
                    throw failure(.unknownFormat, "is not a FITS file")
                }
                if keyword == "END" {
                    let data = try dataByteCount(cards, mandatory: mandatory, number: number)
                    let blocks = (data + FITSStructure.blockLength - 1) / FITSStructure.blockLength
                    return Header(
                        isCompressedImage: cards.keys.contains { $0.hasPrefix("ZIMAGE") || $0.hasPrefix("ZCMPTYPE") },
                        end: position + blocks * FITSStructure.blockLength)
                }
                if mandatory.count < 16 { mandatory.append(keyword) }
                let value = card.dropFirst(10).prefix { $0 != UInt8(ascii: "/") }
                // As cfitsio does, the first of several counts.
                if cards[keyword] == nil { cards[keyword] = FITSStructure.trimmed(value) }
            }
        }
        throw failure(.tooLarge, "a header has more than \(FITSStructure.maximumCardCount) lines")
    }

    /// Bytes of the data behind a header.
    private func dataByteCount(
        _ cards: [String: String], mandatory: [String], number: Int
    ) throws(CameraError) -> Int {
        guard let bits = integer(cards, "BITPIX"), [8, 16, 32, 64, -32, -64].contains(bits),
            let axisCount = integer(cards, "NAXIS"), (0...9).contains(axisCount)
        else { throw failure(.damaged, "BITPIX or NAXIS of header \(number) is impossible") }
        var expected = [number == 0 ? "SIMPLE" : "XTENSION", "BITPIX", "NAXIS"]
        expected += (0..<axisCount).map { "NAXIS\($0 + 1)" }
        if number > 0 { expected += ["PCOUNT", "GCOUNT"] }
        guard mandatory.starts(with: expected) else {
            throw failure(.damaged, "the first lines of header \(number) are not \(expected.joined(separator: ", "))")
        }
        guard number == 0 || (integer(cards, "GCOUNT") == 1 && cards["GROUPS"] == nil), cards["GROUPS"] != "T" else {
            throw failure(.unsupported, "header \(number) describes groups of arrays")
        }
        var count = axisCount == 0 ? 0 : 1
        for axis in 0..<axisCount {
            guard let length = integer(cards, "NAXIS\(axis + 1)"), length >= 0 else {
                throw failure(.damaged, "an axis of header \(number) is impossible")
            }
            let (product, overflow) = count.multipliedReportingOverflow(by: length)
            guard !overflow, product < 1 << 50 else { throw failure(.tooLarge, "an image is impossibly large") }
            count = product
        }
        let heap = number == 0 ? 0 : integer(cards, "PCOUNT") ?? -1
        guard heap >= 0, heap < 1 << 50 else { throw failure(.damaged, "PCOUNT of header \(number) is impossible") }
        return (count + heap) * (abs(bits) / 8)
    }

    private func integer(_ cards: [String: String], _ keyword: String) -> Int? { cards[keyword].flatMap { Int($0) } }

    private func failure(_ code: CameraError.Code, _ message: String, _ remedy: String? = nil) -> CameraError {
        CameraError(code, place: file.path, message: message, remedy: remedy)
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        let end = bytes.lastIndex { $0 != 32 } ?? bytes.startIndex - 1
        let start = bytes.firstIndex { $0 != 32 } ?? bytes.endIndex
        return start <= end ? String(decoding: bytes[start...end], as: UTF8.self) : ""
    }
}
