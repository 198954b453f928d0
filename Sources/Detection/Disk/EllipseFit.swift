// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// An ellipse of known axis ratio, fitted to edges near a circle; in pixels of a binned image.
struct EllipseFit {
    private(set) var centre: SIMD2<Double>
    private(set) var radius: Double
    private(set) var angle: Double
    /// Sum of the weights: how many edges agree.
    private(set) var weight = 0.0
    /// Part of the outline with edges that agree, in degrees.
    private(set) var arcDegrees = 0.0

    private let shape: DiskShape
    private let scale: Double
    private var inverse: [SIMD4<Double>] = []
    private var spread = 0.0
    private var squares = 0.0
    private var count = 0

    private var ratio: Double { shape.axisRatio }
    private var isCircle: Bool { shape.axisRatio >= 0.999 }
    /// How far the steepest place lies inside the limb, in pixels of the binned image.
    private var shift: Double {
        let sigma = shape.pointSpreadSigmaPixels / scale
        return shape.limbDarkeningShift * (sigma * sigma + LimbEdges.smoothingVariance).squareRoot()
    }

    /// Fits; nil if the edges do not fix an ellipse.
    ///
    /// - Parameter scale: pixels of the frame in one of the binned image.
    init?(
        points: [LimbEdges.Point], circle: LimbSearch.Circle, angle: Double, shape: DiskShape, scale: Double
    ) {
        self.shape = shape
        self.scale = scale
        self.angle = angle
        centre = circle.centre
        radius = shape.axisRatio < 0.999 ? circle.radius * 2 / (1 + shape.axisRatio) : circle.radius
        let reach = max(3, (0.004 + 0.6 * (1 - shape.axisRatio)) * circle.radius)
        let near = points.filter { point in
            let offset = point.place - circle.centre
            return abs((offset * offset).sum().squareRoot() - circle.radius) <= 1.5 * reach
                && LimbSearch.faces(point, circle)
        }
        guard near.count >= 16 else { return nil }
        spread = reach / 3
        for _ in 0..<25 {
            guard step(near) else { return nil }
        }
        measureArc(near)
    }

    /// One step of Gauss and Newton with Tukey's weights.
    private mutating func step(_ points: [LimbEdges.Point]) -> Bool {
        var equations = LimbEquations()
        var sizes: [Double] = []
        weight = 0
        squares = 0
        count = 0
        let cutoff = 4.685 * spread
        for point in points {
            let (residual, slope) = distance(point.place)
            sizes.append(abs(residual))
            let relative = residual / cutoff
            guard abs(relative) < 1 else { continue }
            let tukey = (1 - relative * relative) * (1 - relative * relative)
            equations.add(slope, value: -residual, weight: tukey)
            weight += tukey
            squares += tukey * residual * residual
            count += 1
        }
        guard count >= 12 else { return false }
        if isCircle { equations.add(unknown: 3, value: -angle, weight: 1e12) }
        if let known = shape.radiusPixels, shape.radiusErrorPixels > 0 {
            let error = shape.radiusErrorPixels / scale
            equations.add(
                unknown: 2, value: known / scale - shift - radius, weight: edgeVariance / (error * error))
        }
        guard let solution = equations.solve() else { return false }
        inverse = solution.inverse
        let limit = 0.05 * radius
        centre.x += min(max(solution.unknowns[0], -limit), limit)
        centre.y += min(max(solution.unknowns[1], -limit), limit)
        radius += min(max(solution.unknowns[2], -limit), limit)
        angle += min(max(solution.unknowns[3], -0.3), 0.3)
        // Median of the absolute residuals, as a standard deviation; never below what interpolation can do.
        sizes.sort()
        spread = max(0.05, 1.4826 * sizes[sizes.count / 2])
        return true
    }

    /// Variance with which one edge would have to count if all were independent. Points of one point spread share
    /// their noise; those of a stretch of 10° the same mountains, and there is about one point a pixel.
    private var edgeVariance: Double {
        let relief = shape.limbReliefFraction * radius
        return spread * spread * correlation + relief * relief * radius * .pi / 18
    }

    /// Points of one point spread's autocorrelation.
    private var correlation: Double {
        max(1, 2 * Double.pi.squareRoot() * shape.pointSpreadSigmaPixels / scale)
    }

    /// Distance of a place from the ellipse, positive outside, and its derivatives by column, row, radius and angle.
    private func distance(_ place: SIMD2<Double>) -> (Double, SIMD4<Double>) {
        let offset = place - centre
        let along = SIMD2(cos(angle), sin(angle))
        let u = (offset * along).sum()
        let v = offset.y * along.x - offset.x * along.y
        let flat = ratio * ratio
        let reach = (u * u + v * v / flat).squareRoot()
        guard reach > 0 else { return (-radius, .zero) }
        // The level lines of `reach` are ellipses; its slope makes a distance of it.
        let slope = (u * u + v * v / (flat * flat)).squareRoot() / reach
        let factor = 1 / slope
        let byColumn = -(u * along.x - v / flat * along.y) / reach
        let byRow = -(u * along.y + v / flat * along.x) / reach
        let byAngle = u * v * (1 - 1 / flat) / reach
        return ((reach - radius) * factor, SIMD4(byColumn, byRow, -1, byAngle) * factor)
    }

    private mutating func measureArc(_ points: [LimbEdges.Point]) {
        var seen = [Bool](repeating: false, count: 180)
        for point in points where abs(distance(point.place).0) < 3 * spread {
            let offset = point.place - centre
            seen[min(179, Int((atan2(offset.y, offset.x) + .pi) / (2 * .pi) * 180))] = true
        }
        arcDegrees = 2 * Double(seen.count { $0 })
    }

    /// The outline in pixels of the frame.
    func outline(origin: SIMD2<Double>, binning factor: Int) -> DiskOutline {
        // The centre of a block of n pixels is (n − 1) / 2 beyond that of its first.
        let half = 0.5 * (scale - 1)
        let variance = edgeVariance * scale * scale
        let darkening = shape.limbDarkeningShift > 0 ? shape.pointSpreadSigmaPixels / 3 : 0
        var covariance = [Double](repeating: 0, count: 9)
        for row in 0..<3 {
            for column in 0..<3 { covariance[3 * row + column] = variance * inverse[row][column] }
        }
        covariance[8] += darkening * darkening
        var degrees = angle * 180 / .pi
        degrees -= 180 * (degrees / 180).rounded()
        return DiskOutline(
            centre: origin + scale * centre + SIMD2(half, half), radiusPixels: scale * (radius + shift),
            axisRatio: ratio, equatorAngleDegrees: isCircle ? nil : degrees,
            equatorAngleErrorDegrees: isCircle
                ? nil : (edgeVariance * inverse[3][3]).squareRoot() * 180 / .pi,
            covariance: covariance, residualPixels: scale * (squares / weight).squareRoot(), pointCount: count,
            arcDegrees: arcDegrees)
    }
}
