// SPDX-License-Identifier: Apache-2.0

import CCFITSIO

extension FITSCard {
    /// Throws if the keyword or the value cannot stand in a FITS header.
    func check(place: String) throws(CameraError) {
        let isKeyword = keyword.utf8.allSatisfy { byte in
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
        guard isKeyword, (1...8).contains(keyword.utf8.count) else {
            throw CameraError(
                .unsupported, place: place, message: "\(keyword) is no FITS keyword",
                remedy: "one to eight of A–Z, 0–9, - and _")
        }
        if case .real(let number) = value, !number.isFinite {
            throw CameraError(.unsupported, place: place, message: "\(keyword) is not a finite number")
        }
    }

    /// Writes the card to the current header of `file`, in place of one with the same keyword.
    func write(to file: FITSFile) throws(CameraError) {
        let explanation = FITSCard.printable((unit.map { "[\($0)] " } ?? "") + comment)
        try file.check(.inputOutput, "\(keyword) cannot be written") { handle in
            switch value {
            case .text(let text): ccfitsio_put_text(handle, keyword, FITSCard.printable(text), explanation)
            case .integer(let number): ccfitsio_put_integer(handle, keyword, Int64(number), explanation)
            case .real(let number): ccfitsio_put_real(handle, keyword, number, explanation)
            case .logical(let truth): ccfitsio_put_logical(handle, keyword, truth ? 1 : 0, explanation)
            }
        }
    }

    private static func printable(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { (" "..."~").contains($0) ? $0 : "?" }))
    }
}
