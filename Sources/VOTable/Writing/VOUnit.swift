// SPDX-License-Identifier: Apache-2.0

/// Units of the Virtual Observatory.
///
/// - Reference: Units in the VO, version 1.0, IVOA Recommendation 2014-05-23, sections 2 and 3 (VOUnits syntax).
enum VOUnit {
    /// True for products and one quotient of known symbols with powers, for example `nPa`, `km.s**-1`, `W/(m**2.sr)`
    /// or `10**-3adu`.
    static func isWellFormed(_ text: String) -> Bool {
        var parser = Parser(bytes: Array(text.utf8))
        parser.takeScale()
        // A scale alone, as `10**3`, is a unit too.
        return parser.isAtEnd ? !text.isEmpty : parser.takeExpression(depth: 0) && parser.isAtEnd
    }

    private static let prefixes = [
        "da", "d", "c", "m", "u", "n", "p", "f", "a", "z", "y", "h", "k", "M", "G", "T", "P", "E", "Z", "Y",
    ]
    private static let prefixable: Set<String> = [
        "m", "g", "s", "A", "K", "mol", "cd", "rad", "sr", "Hz", "N", "Pa", "J", "W", "C", "V", "S", "F", "Wb", "T",
        "H",
        "lm", "lx", "Ohm", "eV", "a", "yr", "pc", "arcsec", "Jy", "G", "R", "barn", "erg", "adu", "bit", "B", "byte",
        "mag", "pixel", "pix", "ct", "count", "photon", "ph", "solMass", "solLum", "solRad", "u", "lyr",
    ]
    private static let plain: Set<String> = [
        "min", "h", "d", "deg", "arcmin", "mas", "AU", "au", "Angstrom", "angstrom", "chan", "bin", "voxel", "beam",
        "Sun", "D", "Ry", "%", "dB", "unknown", "cy", "Ba",
    ]

    private static func isSymbol(_ text: String) -> Bool {
        plain.contains(text) || prefixable.contains(text)
            || prefixes.contains { text.hasPrefix($0) && prefixable.contains(String(text.dropFirst($0.count))) }
    }

    private struct Parser {
        let bytes: [UInt8]
        var position = 0

        var isAtEnd: Bool { position == bytes.count }

        init(bytes: [UInt8]) { self.bytes = bytes }

        mutating func take(_ text: String) -> Bool {
            guard bytes[position...].starts(with: text.utf8) else { return false }
            position += text.utf8.count
            return true
        }

        /// A power of ten in front, as `10**-3` or `1000`.
        mutating func takeScale() {
            let start = position
            guard take("1") else { return }
            while take("0") {}
            if position == start + 2, take("**"), !takeExponent() { position = start }
            // `1` alone is no scale.
            if position == start + 1 { position = start }
        }

        mutating func takeExpression(depth: Int) -> Bool {
            guard depth < 8, takeProduct(depth: depth) else { return false }
            return take("/") ? takeFactor(depth: depth) : true
        }

        private mutating func takeProduct(depth: Int) -> Bool {
            repeat {
                guard takeFactor(depth: depth) else { return false }
            } while take(".")
            return true
        }

        private mutating func takeFactor(depth: Int) -> Bool {
            if take("(") {
                guard takeExpression(depth: depth + 1), take(")") else { return false }
            } else {
                let start = position
                while position < bytes.count, isSymbolByte(bytes[position]) { position += 1 }
                guard VOUnit.isSymbol(String(decoding: bytes[start..<position], as: UTF8.self)) else { return false }
            }
            return take("**") ? takeExponent() : true
        }

        private mutating func takeExponent() -> Bool {
            let isGrouped = take("(")
            if !take("-") { _ = take("+") }
            guard takeDigits() else { return false }
            if isGrouped, take("/") || take("."), !takeDigits() { return false }
            return isGrouped ? take(")") : true
        }

        private mutating func takeDigits() -> Bool {
            let start = position
            while position < bytes.count, (48...57).contains(bytes[position]) { position += 1 }
            return position > start
        }

        private func isSymbolByte(_ byte: UInt8) -> Bool {
            (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "%")
        }
    }
}
