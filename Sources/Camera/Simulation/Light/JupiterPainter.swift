// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Paints Jupiter: the oblate disk with limb darkening, belts, the Great Red Spot, and the Galilean moons.
struct JupiterPainter {
    private let jupiter: JupiterAppearance
    private let centreX: Double
    private let centreY: Double
    private let equatorialRadius: Double
    private let polarRadius: Double
    private let cosine: Double
    private let sine: Double
    private let seed: UInt64
    private let sigma: Double

    /// Latitude of the middle (sine), half width, and relative depth of the dark belts, from the South
    /// Temperate to the North Temperate Belt.
    private static let belts: [(middle: Double, halfWidth: Double, depth: Double)] = [
        (-0.62, 0.05, 0.5), (-0.45, 0.03, 0.35), (-0.22, 0.075, 1.0), (0.20, 0.065, 0.95), (0.42, 0.03, 0.4),
        (0.58, 0.04, 0.35),
    ]

    /// Magnitude below the planet's own and a usual distance in equatorial radii, for Io to Callisto.
    private static let moons: [(magnitudes: Double, radii: Double)] = [
        (7.7, 1.9), (8.0, -2.1), (7.3, -3.4), (8.4, 5.1),
    ]

    init(_ configuration: SceneConfiguration) {
        jupiter = configuration.jupiter
        centreX = 0.5 * Double(configuration.width - 1)
        centreY = 0.5 * Double(configuration.height - 1)
        equatorialRadius = 0.5 * jupiter.equatorialDiameterInFrameHeights * Double(configuration.height)
        polarRadius = equatorialRadius * (1 - jupiter.oblateness)
        let tilt = jupiter.tiltDegrees * .pi / 180
        cosine = cos(tilt)
        sine = sin(tilt)
        seed = configuration.seed
        sigma = configuration.pointSpreadSigmaPixels
    }

    /// Whether a place is on the disk within this part of its radius.
    func isOnDisk(x: Double, y: Double, within fraction: Double) -> Bool {
        let (u, v) = diskPlace(x, y)
        return u * u + v * v < fraction * fraction
    }

    func paint(on plane: inout LightPlane) {
        let turbulence = LatticeNoise(seed: seed)
        var diskElectrons = 0.0
        plane.fill { x, y in
            let (u, v) = diskPlace(x, y)
            let distanceSquared = u * u + v * v
            let coverage = min(max((1 - distanceSquared.squareRoot()) * polarRadius + 0.5, 0), 1)
            guard coverage > 0 else { return 0 }
            let cosineOfEmission = max(0.02, 1 - distanceSquared).squareRoot()
            let longitude = asin(min(max(u, -1), 1))
            let light =
                coverage * jupiter.centreElectronsPerPixel * pow(cosineOfEmission, jupiter.limbDarkeningExponent)
                * clouds(longitude, v, turbulence)
            diskElectrons += light
            return light
        }
        if jupiter.hasGalileanMoons {
            for moon in JupiterPainter.moons {
                let distance = moon.radii * equatorialRadius
                plane.addPoint(
                    x: centreX + distance * cosine, y: centreY + distance * sine,
                    sigma: max(0.3, 0.013 * equatorialRadius),
                    electrons: diskElectrons * pow(10, -0.4 * moon.magnitudes)
                )
            }
        }
        plane.blur(sigma: sigma)
        let sky = Float(jupiter.skyElectronsPerPixel)
        for index in plane.values.indices { plane.values[index] += sky }
    }

    /// Place on the disk along equator and axis, in units of the radii; the limb is at 1.
    private func diskPlace(_ x: Double, _ y: Double) -> (Double, Double) {
        let dx = x - centreX
        let dy = y - centreY
        return ((dx * cosine + dy * sine) / equatorialRadius, (dy * cosine - dx * sine) / polarRadius)
    }

    /// Relative brightness of the cloud tops.
    private func clouds(_ longitude: Double, _ v: Double, _ turbulence: LatticeNoise) -> Double {
        // Eddies are drawn out along the belts and bend their edges.
        let eddies = turbulence.fractal(longitude * 6, v * 22, octaves: 4) - 0.5
        let bent = v + 0.05 * eddies
        var darkness = 0.0
        for belt in JupiterPainter.belts {
            let edge = (abs(bent - belt.middle) - belt.halfWidth) / 0.025
            darkness += belt.depth / (1 + exp(edge))
        }
        darkness += 0.9 * LatticeNoise.step(abs(v), from: 0.6, to: 0.95)
        let spotX = (longitude + 0.45) / 0.16
        let spotY = (v - 0.36) / 0.10
        let spot = exp(-pow(spotX * spotX + spotY * spotY, 2))
        return 1 - jupiter.beltContrast * (min(darkness, 1.2) + 0.8 * spot) + 0.25 * jupiter.beltContrast * eddies
    }
}
