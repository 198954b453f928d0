// SPDX-License-Identifier: Apache-2.0

/// A colour of 8 bits a channel, in sRGB.
public struct RGBColor: Sendable, Hashable {
    /// Red, 0...255.
    public var red: UInt8
    /// Green, 0...255.
    public var green: UInt8
    /// Blue, 0...255.
    public var blue: UInt8

    /// A colour from its channels.
    public init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// A colour as the web writes it, for example `0x56B4E9`.
    public init(hex: UInt32) {
        self.init(
            red: UInt8(truncatingIfNeeded: hex >> 16), green: UInt8(truncatingIfNeeded: hex >> 8),
            blue: UInt8(truncatingIfNeeded: hex))
    }

    /// A grey.
    public init(gray: UInt8) {
        self.init(red: gray, green: gray, blue: gray)
    }
}

/// A picture of 8 bits a channel in sRGB, for people; measurements keep to frames.
public struct RGBImage: Sendable, Hashable {
    /// Columns, at least 1.
    public let width: Int
    /// Rows, at least 1.
    public let height: Int
    /// 3 × `width` × `height` channel values: red, green, blue of each pixel, row after row from the top.
    public private(set) var channels: [UInt8]

    /// A picture of one colour.
    ///
    /// - Precondition: both sides are at least 1.
    public init(width: Int, height: Int, color: RGBColor = RGBColor(gray: 0)) {
        precondition(width >= 1 && height >= 1, "a picture has at least one pixel")
        self.width = width
        self.height = height
        channels = Array(repeating: 0, count: 3 * width * height)
        for row in 0..<height { for column in 0..<width { self[column, row] = color } }
    }

    /// The colour at a column and row.
    public subscript(column: Int, row: Int) -> RGBColor {
        get {
            precondition((0..<width).contains(column) && (0..<height).contains(row))
            let position = 3 * (row * width + column)
            return RGBColor(red: channels[position], green: channels[position + 1], blue: channels[position + 2])
        }
        set {
            precondition((0..<width).contains(column) && (0..<height).contains(row))
            let position = 3 * (row * width + column)
            channels[position] = newValue.red
            channels[position + 1] = newValue.green
            channels[position + 2] = newValue.blue
        }
    }
}
