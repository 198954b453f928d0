// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A rectangle of light: electrons in each pixel, row after row. It may be wider than the frame, so it knows where
/// its first pixel lies in the frame's coordinates.
struct LightPlane: Sendable {
    /// Column of the first pixel in the frame.
    let originX: Int
    /// Row of the first pixel in the frame.
    let originY: Int
    let width: Int
    let height: Int
    var values: [Float]

    init(originX: Int = 0, originY: Int = 0, width: Int, height: Int, filledWith value: Float = 0) {
        self.originX = originX
        self.originY = originY
        self.width = width
        self.height = height
        values = [Float](repeating: value, count: width * height)
    }

    /// Sets every pixel from its place in the frame.
    mutating func fill(_ light: (_ x: Double, _ y: Double) -> Double) {
        for row in 0..<height {
            for column in 0..<width {
                values[row * width + column] = Float(light(Double(column + originX), Double(row + originY)))
            }
        }
    }

    /// Adds the picture of a point: a Gaussian, integrated over each pixel.
    mutating func addPoint(x: Double, y: Double, sigma: Double, electrons: Double) {
        guard x.isFinite, y.isFinite, let reach = PointProfile.reach(sigma: sigma) else { return }
        let across = PointProfile(centre: x, sigma: sigma, reach: reach, within: originX..<originX + width)
        let down = PointProfile(centre: y, sigma: sigma, reach: reach, within: originY..<originY + height)
        for (rowIndex, rowShare) in down.shares.enumerated() {
            let start = (down.first - originY + rowIndex) * width + across.first - originX
            let scale = electrons * rowShare
            for (columnIndex, columnShare) in across.shares.enumerated() {
                values[start + columnIndex] += Float(scale * columnShare)
            }
        }
    }

    /// Spreads the light as the optics do: a Gaussian of the given standard deviation; edges are continued.
    mutating func blur(sigma: Double) {
        let reach = max(1, Int((4 * sigma).rounded(.up)))
        var kernel = (-reach...reach).map { Float(exp(-0.5 * Double($0 * $0) / (sigma * sigma))) }
        let total = kernel.reduce(0, +)
        for index in kernel.indices { kernel[index] /= total }
        var line = [Float](repeating: 0, count: max(width, height) + 2 * reach)
        for row in 0..<height {
            convolve(start: row * width, stride: 1, count: width, kernel: kernel, reach: reach, line: &line)
        }
        for column in 0..<width {
            convolve(start: column, stride: width, count: height, kernel: kernel, reach: reach, line: &line)
        }
    }

    private mutating func convolve(
        start: Int, stride: Int, count: Int, kernel: [Float], reach: Int, line: inout [Float]
    ) {
        for index in 0..<count + 2 * reach {
            line[index] = values[start + min(max(index - reach, 0), count - 1) * stride]
        }
        for index in 0..<count {
            var sum: Float = 0
            for tap in kernel.indices { sum += kernel[tap] * line[index + tap] }
            values[start + index * stride] = sum
        }
    }
}

/// The share of a point's light in each column (or row): the Gaussian integrated over the width of a pixel.
struct PointProfile {
    /// First column of `shares`.
    let first: Int
    let shares: [Double]

    init(centre: Double, sigma: Double, reach: Double, within range: Range<Int>) {
        let lowest = max(Double(range.lowerBound), (centre - reach).rounded(.down))
        let highest = min(Double(range.upperBound - 1), (centre + reach).rounded(.up))
        guard lowest <= highest else {
            first = range.lowerBound
            shares = []
            return
        }
        first = Int(lowest)
        let scale = 1 / (sigma * 2.0.squareRoot())
        var lower = erf((lowest - 0.5 - centre) * scale)
        var shares: [Double] = []
        for column in first...Int(highest) {
            let upper = erf((Double(column) + 0.5 - centre) * scale)
            shares.append(0.5 * (upper - lower))
            lower = upper
        }
        self.shares = shares
    }

    /// Pixels from the centre beyond which nothing is drawn; nil for a sigma that is no width.
    static func reach(sigma: Double) -> Double? {
        sigma > 0 && sigma.isFinite ? 5 * sigma + 0.5 : nil
    }
}
