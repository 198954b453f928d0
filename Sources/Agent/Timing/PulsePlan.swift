// SPDX-License-Identifier: Apache-2.0

import Camera

/// When the timing light is to be on, in seconds from the beginning.
struct PulsePlan: Sendable, Hashable {
    /// Stretches of light, one after the other, the first not at once.
    private(set) var stretches: [ClosedRange<Double>] = []

    /// Seconds until the light is dark for good.
    var durationSeconds: Double { stretches.last?.upperBound ?? 0 }

    /// Light and dark in turn for equally long, so that the light is found in the frames although nobody knows yet
    /// how late they are.
    static func blinking(count: Int, seconds: Double) -> PulsePlan {
        var plan = PulsePlan()
        for index in 0..<count { plan.append(dark: seconds, light: seconds, isFirst: index == 0) }
        return plan
    }

    /// Light and dark of three to five frames, in no step with the frames: every phase of an exposure meets an edge of
    /// the light sooner or later, and the pattern fits at one latency only.
    static func random(count: Int, frameIntervalSeconds: Double, seed: UInt64) -> PulsePlan {
        var plan = PulsePlan()
        var generator = SplitMix64(seed: seed)
        for index in 0..<count {
            let dark = Double.random(in: 3...5, using: &generator) * frameIntervalSeconds
            let light = Double.random(in: 3...5, using: &generator) * frameIntervalSeconds
            plan.append(dark: dark, light: light, isFirst: index == 0)
        }
        return plan
    }

    private mutating func append(dark: Double, light: Double, isFirst: Bool) {
        let start = (isFirst ? 0 : durationSeconds) + dark
        stretches.append(start...(start + light))
    }
}
