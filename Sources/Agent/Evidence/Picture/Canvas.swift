// SPDX-License-Identifier: Apache-2.0

import Camera

/// Draws on a picture. What lies outside of the picture is left out; coordinates count pixels from the upper left.
struct Canvas {
    private(set) var image: RGBImage

    init(width: Int, height: Int) {
        image = RGBImage(width: width, height: height, color: Palette.ground)
    }

    var width: Int { image.width }
    var height: Int { image.height }

    mutating func dot(_ x: Int, _ y: Int, _ color: RGBColor) {
        if (0..<width).contains(x), (0..<height).contains(y) { image[x, y] = color }
    }

    mutating func fill(_ area: CanvasArea, _ color: RGBColor) {
        for y in area.row..<area.row + area.height {
            for x in area.column..<area.column + area.width { dot(x, y, color) }
        }
    }

    /// A frame of a thickness around an area, outside of it.
    mutating func outline(_ area: CanvasArea, _ color: RGBColor, thickness: Int = 2) {
        let wide = area.width + 2 * thickness
        for (row, height) in [(area.row - thickness, thickness), (area.row + area.height, thickness)] {
            fill(CanvasArea(column: area.column - thickness, row: row, width: wide, height: height), color)
        }
        for column in [area.column - thickness, area.column + area.width] {
            fill(CanvasArea(column: column, row: area.row, width: thickness, height: area.height), color)
        }
    }

    /// Four corners around a place, as a viewfinder has them; `reach` is half the side.
    mutating func corners(x: Int, y: Int, reach: Int, within area: CanvasArea, _ color: RGBColor) {
        let arm = max(4, reach / 2)
        for (signX, signY) in [(-1, -1), (1, -1), (-1, 1), (1, 1)] {
            for step in 0..<arm {
                for thickness in 0..<2 {
                    dot(x + signX * (reach - step), y + signY * (reach - thickness), within: area, color)
                    dot(x + signX * (reach - thickness), y + signY * (reach - step), within: area, color)
                }
            }
        }
    }

    /// A straight line two pixels thick; with `dash`, as many pixels drawn as left out.
    mutating func line(
        from start: (x: Int, y: Int), to end: (x: Int, y: Int), within area: CanvasArea, dash: Int? = nil,
        _ color: RGBColor
    ) {
        let steps = max(abs(end.x - start.x), abs(end.y - start.y), 1)
        for step in 0...steps {
            if let dash, (step / dash) % 2 == 1 { continue }
            // Half a step more rounds to the nearest pixel in whole numbers.
            let x = start.x + ((end.x - start.x) * step * 2 + steps) / (2 * steps)
            let y = start.y + ((end.y - start.y) * step * 2 + steps) / (2 * steps)
            for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1)] { dot(x + dx, y + dy, within: area, color) }
        }
    }

    /// A filled disk.
    mutating func disk(x: Int, y: Int, radius: Double, _ color: RGBColor) {
        let reach = Int(radius.rounded(.up))
        for dy in -reach...reach {
            for dx in -reach...reach where Double(dx * dx + dy * dy) <= radius * radius { dot(x + dx, y + dy, color) }
        }
    }

    mutating func dot(_ x: Int, _ y: Int, within area: CanvasArea, _ color: RGBColor) {
        if (area.column..<area.column + area.width).contains(x), (area.row..<area.row + area.height).contains(y) {
            dot(x, y, color)
        }
    }
}
