// SPDX-License-Identifier: Apache-2.0

extension SceneConfiguration {
    /// The night side of a crescent Moon through a telescope of about 30 cm at 30 frames a second.
    ///
    /// The dark limb stands at the left, the glare of the crescent grows towards the right.
    public static func moon(
        width: Int = 640, height: Int = 480, framesPerSecond: Double = 30, durationSeconds: Double = 20,
        bitsPerSample: Int = 8, seed: UInt64 = 1
    ) -> SceneConfiguration {
        SceneConfiguration(
            kind: .moon, width: width, height: height, framesPerSecond: framesPerSecond,
            durationSeconds: durationSeconds, bitsPerSample: bitsPerSample, seed: seed, pointSpreadSigmaPixels: 1.4,
            sensor: .video(bitsPerSample: bitsPerSample, gainElectronsPerADUOf8Bits: 3),
            atmosphere: AtmosphereModel(
                wanderRMSPixels: 0.3, scintillationFraction: 0.005, transparencyDriftPerMinute: 0.02))
    }

    /// Jupiter through a telescope of about 30 cm at 60 frames a second.
    public static func jupiter(
        width: Int = 480, height: Int = 480, framesPerSecond: Double = 60, durationSeconds: Double = 20,
        bitsPerSample: Int = 8, seed: UInt64 = 1
    ) -> SceneConfiguration {
        SceneConfiguration(
            kind: .jupiter, width: width, height: height, framesPerSecond: framesPerSecond,
            durationSeconds: durationSeconds, bitsPerSample: bitsPerSample, seed: seed,
            pointSpreadSigmaPixels: max(0.8, 0.01 * 0.46 * Double(height)),
            sensor: .video(bitsPerSample: bitsPerSample, gainElectronsPerADUOf8Bits: 10),
            atmosphere: AtmosphereModel(
                wanderRMSPixels: 0.6, scintillationFraction: 0.015, transparencyDriftPerMinute: 0.03))
    }

    /// The night sky through a fast wide lens at 25 frames a second.
    public static func sky(
        width: Int = 1280, height: Int = 720, framesPerSecond: Double = 25, durationSeconds: Double = 20,
        bitsPerSample: Int = 8, seed: UInt64 = 1
    ) -> SceneConfiguration {
        SceneConfiguration(
            kind: .sky, width: width, height: height, framesPerSecond: framesPerSecond,
            durationSeconds: durationSeconds, bitsPerSample: bitsPerSample, seed: seed, pointSpreadSigmaPixels: 0.9,
            sensor: .video(bitsPerSample: bitsPerSample),
            atmosphere: AtmosphereModel(starScintillationFraction: 0.12, transparencyDriftPerMinute: 0.02))
    }

    /// The usual scene of a kind, in the kind's own frame size and rate.
    public static func preset(_ kind: Kind) -> SceneConfiguration {
        switch kind {
        case .moon: moon()
        case .jupiter: jupiter()
        case .sky: sky()
        }
    }
}
