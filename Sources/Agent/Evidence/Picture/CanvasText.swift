// SPDX-License-Identifier: Apache-2.0

import Camera

/// Sizes in which text is drawn: the glyphs doubled once or twice.
enum TextSize {
    case normal, heading

    /// Pixels of the picture for one of the glyph.
    var scale: Int { self == .normal ? 2 : 4 }
    /// Height of a capital letter.
    var capitalHeight: Int { GlyphTable.capitalHeight * scale }

    /// Width of a text, without the gap after its last letter.
    func width(of text: String) -> Int { max(0, text.count * GlyphTable.advance - 1) * scale }
}

/// Where a text stands, seen from the point it is drawn at.
enum TextAlignment {
    case left, center, right
}

extension Canvas {
    /// Draws a line of text whose capitals have their top at `y`.
    mutating func text(
        _ text: String, x: Int, y: Int, _ color: RGBColor, size: TextSize = .normal, alignment: TextAlignment = .left
    ) {
        var left = x
        switch alignment {
        case .left: break
        case .center: left -= size.width(of: text) / 2
        case .right: left -= size.width(of: text)
        }
        for character in text {
            var glyph = GlyphBitmap(of: character).doubled
            if size == .heading { glyph = glyph.doubled }
            for row in 0..<glyph.height {
                for column in 0..<glyph.width where glyph[column, row] { dot(left + column, y + row, color) }
            }
            left += GlyphTable.advance * size.scale
        }
    }

    /// The text cut to a width, with `..` where something is left out.
    static func fitted(_ text: String, width: Int, size: TextSize = .normal) -> String {
        guard size.width(of: text) > width else { return text }
        let letters = max(0, (width / size.scale + 1) / GlyphTable.advance - 2)
        return String(text.prefix(letters)) + ".."
    }
}

/// One letter's pixels.
private struct GlyphBitmap {
    let width: Int
    let height: Int
    private var ink: [Bool]

    init(of character: Character) {
        let rows = GlyphTable.rows(of: character)
        width = GlyphTable.width
        height = GlyphTable.height
        ink = rows.flatMap { row in (0..<GlyphTable.width).map { row >> (GlyphTable.width - 1 - $0) & 1 == 1 } }
    }

    private init(width: Int, height: Int) {
        self.width = width
        self.height = height
        ink = Array(repeating: false, count: width * height)
    }

    subscript(column: Int, row: Int) -> Bool {
        get {
            (0..<width).contains(column) && (0..<height).contains(row) && ink[row * width + column]
        }
        set { ink[row * width + column] = newValue }
    }

    /// Twice the size, with diagonals smoothed: a new pixel takes the value of its two nearest neighbours where those
    /// agree and the two opposite ones do not join them.
    ///
    /// - Reference: A. Mazzoleni, "Scale2x" (2001).
    var doubled: GlyphBitmap {
        var result = GlyphBitmap(width: 2 * width, height: 2 * height)
        for row in 0..<height {
            for column in 0..<width {
                let center = self[column, row]
                let (up, down) = (self[column, row - 1], self[column, row + 1])
                let (left, right) = (self[column - 1, row], self[column + 1, row])
                let isPlain = up == down || left == right
                result[2 * column, 2 * row] = !isPlain && left == up ? left : center
                result[2 * column + 1, 2 * row] = !isPlain && up == right ? right : center
                result[2 * column, 2 * row + 1] = !isPlain && left == down ? left : center
                result[2 * column + 1, 2 * row + 1] = !isPlain && down == right ? right : center
            }
        }
        return result
    }
}
