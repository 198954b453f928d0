// SPDX-License-Identifier: Apache-2.0

/// Something that lights up in a simulated scene: what is searched for, or what may be mistaken for it.
public struct SceneEvent: Sendable, Hashable {
    /// What it is. The raw values are the names that truth files and event lists use.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// An impact on the night side of the Moon.
        case lunarFlash = "lunar_flash"
        /// An impact on Jupiter.
        case fireball
        /// A meteor in the Earth's atmosphere.
        case meteor
        /// A satellite: a slow and steady mover, or a glint.
        case satellite
        /// An aircraft: a mover with strobe lights.
        case aircraft
        /// A particle in the sensor: one frame, sharper than any picture of a point.
        case cosmicRay = "cosmic_ray"
        /// An insect or bird close to the lens: a wide blob, bright or dark, on a curved path.
        case insect
        /// Lightning: the whole frame.
        case lightning
    }

    /// What it is.
    public var kind: Kind
    /// Start in seconds after the start of the scene.
    public var startSeconds: Double
    /// Duration in seconds.
    public var durationSeconds: Double
    /// Column at the start, in the undisturbed picture; 0-based, the centre of a pixel is a whole number.
    public var x: Double
    /// Row at the start, as `x`.
    public var y: Double
    /// Motion along the rows in pixels a second.
    public var velocityXPixelsPerSecond: Double
    /// Motion along the columns in pixels a second, downwards.
    public var velocityYPixelsPerSecond: Double
    /// Change of the motion along the rows, in pixels a second squared.
    public var accelerationXPixelsPerSecondSquared: Double
    /// Change of the motion along the columns, in pixels a second squared.
    public var accelerationYPixelsPerSecondSquared: Double
    /// How its light runs over the duration.
    public var lightCurve: SceneLightCurve
    /// How much light it is.
    public var strength: SceneEventStrength
    /// Standard deviation of its picture in pixels; nil for a point seen through the scene's optics.
    public var sigmaPixels: Double?

    /// An event from its parts; `SceneEvent.lunarFlash` and its like make the usual ones.
    public init(
        kind: Kind, startSeconds: Double, durationSeconds: Double, x: Double, y: Double,
        velocityXPixelsPerSecond: Double = 0, velocityYPixelsPerSecond: Double = 0,
        accelerationXPixelsPerSecondSquared: Double = 0, accelerationYPixelsPerSecondSquared: Double = 0,
        lightCurve: SceneLightCurve, strength: SceneEventStrength, sigmaPixels: Double? = nil
    ) {
        self.kind = kind
        self.startSeconds = startSeconds
        self.durationSeconds = durationSeconds
        self.x = x
        self.y = y
        self.velocityXPixelsPerSecond = velocityXPixelsPerSecond
        self.velocityYPixelsPerSecond = velocityYPixelsPerSecond
        self.accelerationXPixelsPerSecondSquared = accelerationXPixelsPerSecondSquared
        self.accelerationYPixelsPerSecondSquared = accelerationYPixelsPerSecondSquared
        self.lightCurve = lightCurve
        self.strength = strength
        self.sigmaPixels = sigmaPixels
    }

    /// Undisturbed place at a time after the event's start.
    func position(atSeconds time: Double) -> (x: Double, y: Double) {
        (
            x + (velocityXPixelsPerSecond + 0.5 * accelerationXPixelsPerSecondSquared * time) * time,
            y + (velocityYPixelsPerSecond + 0.5 * accelerationYPixelsPerSecondSquared * time) * time
        )
    }

    /// Greatest speed during the event in pixels a second.
    var greatestSpeedPixelsPerSecond: Double {
        let endX = velocityXPixelsPerSecond + accelerationXPixelsPerSecondSquared * durationSeconds
        let endY = velocityYPixelsPerSecond + accelerationYPixelsPerSecondSquared * durationSeconds
        let startSquared =
            velocityXPixelsPerSecond * velocityXPixelsPerSecond + velocityYPixelsPerSecond * velocityYPixelsPerSecond
        return max(startSquared, endX * endX + endY * endY).squareRoot()
    }
}

extension SceneEvent.Kind {
    /// Whether it stands on the target and so shares the drift of the tracking.
    var isOnTarget: Bool { self == .lunarFlash || self == .fireball }

    /// Whether its light comes through the telescope's whole column of air: wander, scintillation and clouds.
    var isBeyondTheAir: Bool {
        switch self {
        case .lunarFlash, .fireball, .meteor, .satellite, .aircraft: true
        case .cosmicRay, .insect, .lightning: false
        }
    }
}
