// SPDX-License-Identifier: Apache-2.0

import Glibc

/// How the light of an event runs over its duration. Only the shape counts: the event says how much light it is.
public enum SceneLightCurve: Sendable, Hashable {
    /// The same light from start to end: a satellite, a cosmic ray.
    case steady
    /// Full light at once, then a decay with this time constant: a flash on the Moon.
    case exponentialDecay(timeConstantSeconds: Double)
    /// A slow rise and a faster fall with flicker: a fireball on Jupiter, after the light curves of 2010 to 2021.
    /// `peakFraction` is the place of the maximum within the duration, `flickerFraction` the flicker's relative
    /// height, `seed` its shape.
    case fireball(peakFraction: Double, flickerFraction: Double, seed: UInt64)
    /// The asymmetric curve of a meteor, with a terminal flare `flareHeight` times the plain maximum (0 for none).
    case meteor(flareHeight: Double)
    /// A symmetric rise and fall: the glint of a satellite.
    case glint
    /// Short flashes over a steady light: an aircraft. `flashHeight` is in units of the steady light.
    case strobe(periodSeconds: Double, flashSeconds: Double, flashHeight: Double)
    /// A few strokes of random height: lightning.
    case strokes(seed: UInt64)

    /// Relative light at a time after the start; 0 outside of `0..<durationSeconds`.
    func value(atSeconds time: Double, durationSeconds: Double) -> Double {
        guard time >= 0, time < durationSeconds else { return 0 }
        let fraction = time / durationSeconds
        switch self {
        case .steady:
            return 1
        case .exponentialDecay(let timeConstantSeconds):
            return exp(-time / timeConstantSeconds)
        case .fireball(let peakFraction, let flickerFraction, let seed):
            let peak = min(max(peakFraction, 0.05), 0.95)
            // A beta curve u^a (1-u)^b has its maximum at a / (a + b).
            let sharpness = 3.0
            let smooth = SceneLightCurve.beta(fraction, peak * sharpness, (1 - peak) * sharpness)
            let flicker = LatticeNoise(seed: seed).value(time / 0.08, 0.5) - 0.5
            return max(0, smooth * (1 + 2 * flickerFraction * flicker))
        case .meteor(let flareHeight):
            let distance = (fraction - 0.82) / 0.04
            return SceneLightCurve.beta(fraction, 1.4, 0.7) + flareHeight * exp(-0.5 * distance * distance)
        case .glint:
            return SceneLightCurve.beta(fraction, 2, 2)
        case .strobe(let periodSeconds, let flashSeconds, let flashHeight):
            let phase = time - (time / periodSeconds).rounded(.down) * periodSeconds
            return phase < flashSeconds ? 1 + flashHeight : 1
        case .strokes(let seed):
            let stroke = LatticeNoise(seed: seed).value(time / 0.04, 0.5)
            return (1 - fraction) * stroke * stroke
        }
    }

    /// Integral over the whole duration, in seconds of the curve's unit light.
    func integral(durationSeconds: Double) -> Double {
        let steps = 4096
        let step = durationSeconds / Double(steps)
        var sum = 0.0
        for index in 0..<steps {
            sum += value(atSeconds: (Double(index) + 0.5) * step, durationSeconds: durationSeconds)
        }
        return sum * step
    }

    /// `u^a (1-u)^b`, scaled so that its maximum is 1.
    private static func beta(_ fraction: Double, _ rise: Double, _ fall: Double) -> Double {
        let peak = rise / (rise + fall)
        return pow(fraction / peak, rise) * pow((1 - fraction) / (1 - peak), fall)
    }
}
