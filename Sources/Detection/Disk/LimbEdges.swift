// SPDX-License-Identifier: Apache-2.0

/// Places where an image becomes brighter steeply: limb, terminator, belts, the shores of maria.
struct LimbEdges {
    /// A place on an edge.
    struct Point {
        /// Place in pixels of the image, between pixels where the slope is steepest.
        var place: SIMD2<Double>
        /// Unit vector towards the brighter side.
        var uphill: SIMD2<Double>
    }

    /// The places, in rows from top to bottom.
    private(set) var points: [Point] = []

    /// Variance by which smoothing widens the point spread, in square pixels.
    static let smoothingVariance = 1.0
    /// Sobel's slope of the smoothed image that makes an edge, in standard deviations of a pixel of the image itself.
    /// Under noise alone either part of the slope has 1.09 of them and the slope follows Rayleigh's law: one pixel in
    /// 60 000 exceeds 4.7 × 1.09.
    private static let steepness: Float = 5.1
    /// How far ahead and behind an edge is less steep by as much, in pixels: where noise lies on a gentle slope, as that
    /// of a darkened limb, it is not.
    private static let reach = 4
    /// Points at the most; more would only cost time.
    private static let limit = 6000

    /// Finds the edges.
    ///
    /// Method: the image is smoothed with the binomial 1 4 6 4 1 either way, then Sobel's slopes are taken. A pixel
    /// counts whose slope is the steepest of three along the slope and stands out against those farther on; the vertex
    /// of the parabola through the three is the place. Pixels within two of a saturated one do not count: saturation
    /// moves an edge outwards.
    init(_ image: BackgroundImage) {
        let width = image.width
        let height = image.height
        guard width > 2, height > 2 else { return }
        var slopesX = [Float](repeating: 0, count: width * height)
        var slopesY = slopesX
        var squares = slopesX
        LimbEdges.smoothed(image).withUnsafeBufferPointer { v in
            for y in 1..<(height - 1) {
                for x in 1..<(width - 1) {
                    let i = y * width + x
                    let a = v[i - width - 1]
                    let c = v[i - width + 1]
                    let g = v[i + width - 1]
                    let k = v[i + width + 1]
                    let across = c - a + 2 * (v[i + 1] - v[i - 1]) + k - g
                    let down = g - a + 2 * (v[i + width] - v[i - width]) + k - c
                    slopesX[i] = across
                    slopesY[i] = down
                    squares[i] = across * across + down * down
                }
            }
        }
        let noise = LocalNoise(image)
        let border = LimbEdges.reach + 2
        guard width > 2 * border, height > 2 * border else { return }
        for y in border..<(height - border) {
            for x in border..<(width - border) {
                let threshold = LimbEdges.steepness * noise.around(x, y)
                guard squares[y * width + x] > threshold * threshold else { continue }
                let i = y * width + x
                let slope = squares[i].squareRoot()
                let uphill = SIMD2(Double(slopesX[i] / slope), Double(slopesY[i] / slope))
                let place = SIMD2(Double(x), Double(y))
                func steepness(at distance: Double) -> Float {
                    LimbEdges.interpolate(squares, width, place + distance * uphill)
                }
                let ahead = steepness(at: 1)
                let behind = steepness(at: -1)
                let far = Double(LimbEdges.reach)
                guard slope >= ahead, slope > behind,
                    slope - max(steepness(at: far), steepness(at: -far)) > threshold,
                    !LimbEdges.isSaturated(image, x, y)
                else { continue }
                let curvature = ahead - 2 * slope + behind
                let shift = curvature < 0 ? Double(0.5 * (behind - ahead) / curvature) : 0
                points.append(Point(place: place + shift * uphill, uphill: uphill))
            }
        }
        if points.count > LimbEdges.limit {
            let step = (points.count + LimbEdges.limit - 1) / LimbEdges.limit
            points = points.indices.filter { $0 % step == 0 }.map { points[$0] }
        }
    }

    /// The image smoothed along rows and columns; two pixels at its border stay as they are.
    private static func smoothed(_ image: BackgroundImage) -> [Float] {
        let width = image.width
        let height = image.height
        guard width > 4, height > 4 else { return image.values }
        func pass(_ values: [Float], stride step: Int) -> [Float] {
            var result = values
            values.withUnsafeBufferPointer { v in
                for y in 2..<(height - 2) {
                    for x in 2..<(width - 2) {
                        let i = y * width + x
                        let near = v[i - step] + v[i + step]
                        result[i] = 0.0625 * (v[i - 2 * step] + v[i + 2 * step] + 4 * near + 6 * v[i])
                    }
                }
            }
            return result
        }
        return pass(pass(image.values, stride: 1), stride: width)
    }

    /// The slope between pixels, by bilinear interpolation of squares.
    private static func interpolate(_ squares: [Float], _ width: Int, _ place: SIMD2<Double>) -> Float {
        let column = Int(place.x)
        let row = Int(place.y)
        let fx = Float(place.x - Double(column))
        let fy = Float(place.y - Double(row))
        let i = row * width + column
        let upper = squares[i].squareRoot() * (1 - fx) + squares[i + 1].squareRoot() * fx
        let lower = squares[i + width].squareRoot() * (1 - fx) + squares[i + width + 1].squareRoot() * fx
        return upper * (1 - fy) + lower * fy
    }

    private static func isSaturated(_ image: BackgroundImage, _ x: Int, _ y: Int) -> Bool {
        for j in -2...2 {
            for i in -2...2 where image.values[(y + j) * image.width + x + i] >= image.saturationADU { return true }
        }
        return false
    }
}
