// SPDX-License-Identifier: Apache-2.0

/// A rectangle of pixels inside a frame.
public struct PixelRegion: Sendable, Hashable {
    /// Leftmost column, from 0.
    public let column: Int
    /// Topmost row, from 0.
    public let row: Int
    /// Columns, at least 1.
    public let width: Int
    /// Rows, at least 1.
    public let height: Int

    /// A rectangle, or nil if it is empty or reaches outside frames of `format`.
    public init?(column: Int, row: Int, width: Int, height: Int, within format: FrameFormat) {
        guard column >= 0, row >= 0, width >= 1, height >= 1, width <= format.width, height <= format.height,
            column <= format.width - width, row <= format.height - height
        else { return nil }
        self.column = column
        self.row = row
        self.width = width
        self.height = height
    }

    /// The rectangle of `width` × `height` pixels around a pixel, moved inwards where the frame ends and cut down to
    /// the frame where that is smaller. On the mosaic of a colour sensor it begins at an even column and row, so that
    /// the order of the colours stays the same.
    public init(aroundColumn centre: Int, row middle: Int, width: Int, height: Int, within format: FrameFormat) {
        self.width = min(max(width, 1), format.width)
        self.height = min(max(height, 1), format.height)
        let left = min(max(centre - self.width / 2, 0), format.width - self.width)
        let top = min(max(middle - self.height / 2, 0), format.height - self.height)
        let mask = format.colorFilter == .none ? ~0 : ~1
        column = left & mask
        row = top & mask
    }

    /// The whole frame.
    public init(wholeOf format: FrameFormat) {
        column = 0
        row = 0
        width = format.width
        height = format.height
    }
}
