// SPDX-License-Identifier: Apache-2.0

extension String {
    /// The text with what XML cannot hold replaced by `U+FFFD`: a control character in the header of a recording or in
    /// the name of a device must not keep an event from being reported.
    ///
    /// - Reference: XML 1.0, fifth edition, production 2.
    var writableInXML: String {
        guard !unicodeScalars.allSatisfy(String.isWritableInXML) else { return self }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: unicodeScalars.map { String.isWritableInXML($0) ? $0 : "\u{FFFD}" })
        return String(text)
    }

    private static func isWritableInXML(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}
