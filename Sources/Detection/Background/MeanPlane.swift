// SPDX-License-Identifier: Apache-2.0

/// The running mean of every pixel of the scene, in ADU.
///
/// Samples of 8 bits of a scene that stands still are compared in whole numbers: their mean is kept in 1/64 ADU, two
/// bytes a pixel. A mean that must be interpolated, or of deeper samples, is kept as it is, four bytes a pixel.
final class MeanPlane {
    /// Units of the compact form in one ADU.
    static let compactUnit: Float = 64

    let width: Int
    let height: Int
    /// Mean in 1/64 ADU; nil if the mean is kept as floating point.
    let compact: Plane<Int16>?
    /// Mean in ADU; nil if the mean is compact.
    let floating: Plane<Float>?

    init(width: Int, height: Int, isCompact: Bool) {
        self.width = width
        self.height = height
        compact = isCompact ? Plane(width: width, height: height, repeating: 0) : nil
        floating = isCompact ? nil : Plane(width: width, height: height, repeating: 0)
    }

    /// The mean of a pixel in ADU; both numbers must lie inside the plane.
    subscript(column: Int, row: Int) -> Float {
        if let floating { return floating[column, row] }
        if let compact { return Float(compact[column, row]) / MeanPlane.compactUnit }
        return 0
    }

    /// Moves the content by whole pixels, as `Plane.scroll` does.
    func scroll(columns: Int, rows: Int) {
        floating?.scroll(columns: columns, rows: rows)
        compact?.scroll(columns: columns, rows: rows)
    }

    /// Bytes a pixel.
    var bytesPerPixel: Int { compact == nil ? 4 : 2 }
}
