// SPDX-License-Identifier: Apache-2.0

/// One number for every pixel, in memory that kernels walk through row by row.
final class Plane<Element: BitwiseCopyable> {
    let width: Int
    let height: Int
    /// Elements from one row to the next: the width rounded up to whole blocks of the kernels.
    let stride: Int
    private let storage: UnsafeMutablePointer<Element>

    init(width: Int, height: Int, repeating value: Element) {
        self.width = width
        self.height = height
        stride = PixelKernels.padded(width)
        storage = AlignedStorage.allocate(stride * height, repeating: value)
    }

    deinit { storage.deallocate() }

    /// The element at a column and row, both inside the plane.
    subscript(column: Int, row: Int) -> Element {
        get {
            precondition((0..<width).contains(column) && (0..<height).contains(row))
            return storage[row * stride + column]
        }
        set {
            precondition((0..<width).contains(column) && (0..<height).contains(row))
            storage[row * stride + column] = newValue
        }
    }

    /// The elements of a row, for kernels; they may touch whole blocks.
    func row(_ row: Int) -> UnsafeMutablePointer<Element> {
        precondition((0..<height).contains(row))
        return storage + row * stride
    }

    /// Gives every element the same value.
    func fill(_ value: Element) {
        storage.update(repeating: value, count: stride * height)
    }

    /// Moves the content by whole pixels, so that what stood at (x + columns, y + rows) then stands at (x, y).
    /// Elements without a source keep what they had.
    func scroll(columns: Int, rows: Int) {
        guard abs(columns) < width, abs(rows) < height else { return }
        let count = width - abs(columns)
        let target = max(-columns, 0)
        let order = rows >= 0 ? Array(0..<(height - rows)) : (-rows..<height).reversed()
        for y in order {
            (row(y) + target).update(from: row(y + rows) + target + columns, count: count)
        }
    }
}
