// SPDX-License-Identifier: Apache-2.0

import UTC

/// Everything that a simulated scene is made from. Equal configurations give equal frames, bit for bit.
///
/// Start from `moon()`, `jupiter()` or `sky()`, which look like real recordings, and change what matters.
public struct SceneConfiguration: Sendable, Hashable {
    /// What the camera looks at.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case moon, jupiter, sky
    }

    /// What the camera looks at; of `moon`, `jupiter` and `sky` only the one it names is used.
    public var kind: Kind
    /// Columns, 8...16384.
    public var width: Int
    /// Rows, 8...16384.
    public var height: Int
    /// Frames a second.
    public var framesPerSecond: Double
    /// Length of the scene in seconds.
    public var durationSeconds: Double
    /// Exposure in seconds, at most one frame's time.
    public var exposureSeconds: Double
    /// Start of the first frame's exposure.
    public var start: UTCInstant
    /// Significant bits of a sample, 8...16.
    public var bitsPerSample: Int
    /// Decides every random number of the scene.
    public var seed: UInt64
    /// Standard deviation of the picture of a point, in pixels.
    public var pointSpreadSigmaPixels: Double
    /// Motion of the target along the rows through imperfect tracking, in pixels a second.
    public var driftXPixelsPerSecond: Double
    /// Motion of the target along the columns, in pixels a second, downwards.
    public var driftYPixelsPerSecond: Double
    /// The camera.
    public var sensor: SensorModel
    /// The air.
    public var atmosphere: AtmosphereModel
    /// The Moon, for `kind` `.moon`.
    public var moon: MoonAppearance
    /// Jupiter, for `kind` `.jupiter`.
    public var jupiter: JupiterAppearance
    /// The stars, for `kind` `.sky`.
    public var sky: SkyAppearance
    /// What happens.
    public var events: [SceneEvent]

    /// A scene with a quiet air and no events.
    ///
    /// - Parameter exposureSeconds: nil for as long as a frame lasts.
    public init(
        kind: Kind, width: Int, height: Int, framesPerSecond: Double, durationSeconds: Double,
        exposureSeconds: Double? = nil, start: UTCInstant = .defaultSceneStart, bitsPerSample: Int = 8,
        seed: UInt64 = 1, pointSpreadSigmaPixels: Double, sensor: SensorModel,
        atmosphere: AtmosphereModel = AtmosphereModel(), events: [SceneEvent] = []
    ) {
        self.kind = kind
        self.width = width
        self.height = height
        self.framesPerSecond = framesPerSecond
        self.durationSeconds = durationSeconds
        self.exposureSeconds = exposureSeconds ?? 1 / framesPerSecond
        self.start = start
        self.bitsPerSample = bitsPerSample
        self.seed = seed
        self.pointSpreadSigmaPixels = pointSpreadSigmaPixels
        driftXPixelsPerSecond = 0
        driftYPixelsPerSecond = 0
        self.sensor = sensor
        self.atmosphere = atmosphere
        moon = MoonAppearance()
        jupiter = JupiterAppearance()
        sky = SkyAppearance()
        self.events = events
    }

    /// Frames of the scene; 0 if duration or rate make no sense.
    public var frameCount: Int { max(0, Int(exactly: (durationSeconds * framesPerSecond + 1e-6).rounded(.down)) ?? 0) }
}

extension UTCInstant {
    /// Start of simulated scenes that are given none: 2026-03-21T20:00:00Z, an evening of the young Moon.
    public static let defaultSceneStart = UTCInstant(nanosecondsSince1970: 1_774_123_200_000_000_000)
}
