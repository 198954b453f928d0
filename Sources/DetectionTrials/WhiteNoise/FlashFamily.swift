// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Kinds of flashes for which completeness is measured in white noise.
public enum FlashFamily: String, Sendable, Hashable, CaseIterable {
    /// All light in one frame.
    case singleFrame = "single_frame"
    /// An impact on the Moon: full light at once, decay with a time constant of 1 to 5 frames.
    case lunarDecay = "lunar_decay"
    /// Constant light for 2 to 16 frames on the Moon.
    case lunarBox = "lunar_box"
    /// An impact on Jupiter: slow rise, faster fall, flicker of 10 to 20 %, 12 to 64 frames.
    case jupiterSkew = "jupiter_skew"
    /// Constant light for 12 to 64 frames on Jupiter.
    case jupiterBox = "jupiter_box"

    /// What the detector is told to watch.
    public var target: ObservationTarget {
        switch self {
        case .singleFrame, .lunarDecay, .lunarBox: .moon
        case .jupiterSkew, .jupiterBox: .jupiter
        }
    }

    /// Usual frame rate of the target.
    public var framesPerSecond: Double { target == .jupiter ? 60 : 30 }

    /// Greatest ratio of the 50 % point to the threshold that is good enough.
    public var goal: Double { self == .singleFrame ? 1.06 : 1.12 }

    /// True if the light begins and ends with a frame, so that it has a duration.
    public var hasSharpEnds: Bool {
        switch self {
        case .singleFrame, .lunarBox, .jupiterBox: true
        case .lunarDecay, .jupiterSkew: false
        }
    }

    /// True if the light has one brightest frame.
    public var hasPeak: Bool { self == .singleFrame || self == .lunarDecay }

    /// Relative light in each frame of a random member.
    func light(_ random: inout Xoshiro256) -> [Double] {
        switch self {
        case .singleFrame:
            return [1]
        case .lunarBox:
            return [Double](repeating: 1, count: Int(FlashFamily.logarithmic(2, 17, &random)))
        case .jupiterBox:
            return [Double](repeating: 1, count: Int(FlashFamily.logarithmic(12, 65, &random)))
        case .lunarDecay:
            let seconds = FlashFamily.logarithmic(1, 5, &random) / framesPerSecond
            return SceneLightCurve.exponentialDecay(timeConstantSeconds: seconds).light(
                durationSeconds: 8 * seconds, framesPerSecond: framesPerSecond, phase: random.uniform())
        case .jupiterSkew:
            let seconds = FlashFamily.logarithmic(12, 64, &random) / framesPerSecond
            let curve = SceneLightCurve.fireball(
                peakFraction: random.uniform(0.5, 0.7), flickerFraction: random.uniform(0.1, 0.2), seed: random.next())
            return curve.light(durationSeconds: seconds, framesPerSecond: framesPerSecond, phase: random.uniform())
        }
    }

    /// A number of a range in which every factor is as likely as any other.
    private static func logarithmic(_ lower: Double, _ upper: Double, _ random: inout Xoshiro256) -> Double {
        lower * exp(random.uniform() * log(upper / lower))
    }
}
