// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Paints the Moon: earthlit ground with maria and bright craters, the sunlit crescent and its glare.
struct MoonPainter {
    private let moon: MoonAppearance
    private let centreX: Double
    private let centreY: Double
    private let radius: Double
    private let seed: UInt64
    private let sigma: Double
    private let sunX: Double
    private let sunZ: Double

    init(_ configuration: SceneConfiguration) {
        moon = configuration.moon
        centreX = moon.centreXInFrameWidths * Double(configuration.width)
        centreY = moon.centreYInFrameHeights * Double(configuration.height)
        radius = moon.radiusInFrameWidths * Double(configuration.width)
        seed = configuration.seed
        sigma = configuration.pointSpreadSigmaPixels
        let phase = moon.phaseAngleDegrees * .pi / 180
        sunX = sin(phase)
        sunZ = cos(phase)
    }

    /// Whether a place is on the night side, at least `margin` pixels from the limb and off the terminator.
    func isEarthlit(x: Double, y: Double, margin: Double) -> Bool {
        let u = (x - centreX) / radius
        let v = (y - centreY) / radius
        let distance = (u * u + v * v).squareRoot()
        guard distance < 1 - margin / radius else { return false }
        return sunHeight(u, v, (1 - distance * distance).squareRoot()) < -0.1
    }

    func paint(on plane: inout LightPlane) {
        let ground = LatticeNoise(seed: seed)
        let texture = LatticeNoise(seed: seed ^ 0xA5A5)
        plane.fill { x, y in
            let u = (x - centreX) / radius
            let v = (y - centreY) / radius
            let distanceSquared = u * u + v * v
            // The limb is smoothed over one pixel; the optics do the rest.
            let coverage = min(max((1 - distanceSquared.squareRoot()) * radius + 0.5, 0), 1)
            guard coverage > 0 else { return 0 }
            let w = max(0, 1 - distanceSquared).squareRoot()
            // Angles on the sphere, so that features are foreshortened towards the limb.
            let longitude = asin(min(max(u, -1), 1))
            let latitude = asin(min(max(v, -1), 1))
            let basin = ground.fractal(longitude * 2.2 + 5, latitude * 2.2 + 5, octaves: 4)
            let mare = LatticeNoise.step(basin, from: 0.5, to: 0.58)
            let grain = texture.fractal(longitude * 26, latitude * 26, octaves: 4) - 0.5
            let albedo = (1 - moon.mareContrast * mare) * (1 + 0.35 * (1 - 0.6 * mare) * grain)
            let sunlight = moon.sunlitElectronsPerPixel * max(0, sunHeight(u, v, w))
            return coverage * albedo * (moon.earthshineElectronsPerPixel + sunlight)
        }
        addBrightCraters(to: &plane)
        plane.blur(sigma: sigma)
        addGlare(to: &plane)
    }

    /// Sine of the Sun's height above the ground at a place of the unit sphere.
    private func sunHeight(_ u: Double, _ v: Double, _ w: Double) -> Double { u * sunX + w * sunZ }

    /// Young craters with bright floors, the marks that earthshine shows best.
    private func addBrightCraters(to plane: inout LightPlane) {
        var random = Xoshiro256(seed: seed, stream: 11)
        for _ in 0..<70 {
            let angle = random.uniform(0, 2 * .pi)
            let distance = 0.97 * random.uniform().squareRoot()
            let size = radius * 0.003 * pow(random.uniform(0.03, 1), -0.6)
            let gain = random.uniform(0.1, 0.5)
            let u = distance * cos(angle)
            let v = distance * sin(angle)
            // Drawn round: they are too small for their foreshortening to show.
            let electrons = gain * moon.earthshineElectronsPerPixel * 2 * .pi * size * size
            guard sunHeight(u, v, (1 - u * u - v * v).squareRoot()) < 0 else { continue }
            plane.addPoint(
                x: centreX + u * radius, y: centreY + v * radius, sigma: max(0.3, size), electrons: electrons)
        }
    }

    /// Light of the crescent scattered in air and optics. It falls with the square of the distance from the sunlit
    /// limb, which a few points along the limb stand for, weighted by the width of the crescent.
    private func addGlare(to plane: inout LightPlane) {
        guard moon.glareElectronsPerPixel > 0 else { return }
        let count = 13
        var points: [(x: Double, y: Double, weight: Double)] = []
        for index in 0..<count {
            let angle = (Double(index) / Double(count - 1) - 0.5) * 0.9 * .pi
            points.append((centreX + 0.98 * radius * cos(angle), centreY + 0.98 * radius * sin(angle), cos(angle)))
        }
        let total = points.reduce(0) { $0 + $1.weight }
        // No point may glare without limit, nor show as one of a row.
        let core = 0.1 * radius
        let scale = moon.glareElectronsPerPixel * core * core / total
        for row in 0..<plane.height {
            let y = Double(row + plane.originY)
            for column in 0..<plane.width {
                let x = Double(column + plane.originX)
                var sum = 0.0
                for point in points {
                    let dx = x - point.x
                    let dy = y - point.y
                    sum += point.weight / (dx * dx + dy * dy + core * core)
                }
                plane.values[row * plane.width + column] += Float(scale * sum)
            }
        }
    }
}
