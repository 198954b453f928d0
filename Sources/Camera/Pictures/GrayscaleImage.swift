// SPDX-License-Identifier: Apache-2.0

/// A picture of 8 bits of grey a pixel, for people; measurements keep to frames.
public struct GrayscaleImage: Sendable, Hashable {
    /// Columns, at least 1.
    public let width: Int
    /// Rows, at least 1.
    public let height: Int
    /// `width` × `height` levels, row after row from the top; 0 is black.
    public private(set) var levels: [UInt8]

    /// A picture of one level.
    ///
    /// - Precondition: both sides are at least 1.
    public init(width: Int, height: Int, level: UInt8 = 0) {
        precondition(width >= 1 && height >= 1, "a picture has at least one pixel")
        self.width = width
        self.height = height
        levels = Array(repeating: level, count: width * height)
    }

    /// The level at a column and row.
    public subscript(column: Int, row: Int) -> UInt8 {
        get {
            precondition((0..<width).contains(column) && (0..<height).contains(row))
            return levels[row * width + column]
        }
        set {
            precondition((0..<width).contains(column) && (0..<height).contains(row))
            levels[row * width + column] = newValue
        }
    }
}
