// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection

/// Many flashes in white Gaussian noise, one after the other, watched by one detector.
///
/// Places are random to a fraction of a pixel, widths of the point spread even over a range. A flash keeps its distance
/// from those of the last seconds, so that none lies where another has just been.
public struct WhiteNoiseTrial: Sendable {
    /// Kind of the flashes.
    public var family: FlashFamily
    /// Number of flashes.
    public var injections: Int
    /// Range of ρ of the whole flash, evenly used.
    public var signalToNoise: ClosedRange<Double>
    /// Range of the point spread's standard deviation in pixels, evenly used.
    public var sigmaPixels = 0.8...2.0
    /// Columns and rows of the frames.
    public var size = 192
    /// Decides every random number.
    public var seed: UInt64
    /// What the detector is told; nil for the standard of the family's target.
    public var detector: DetectorConfiguration?

    /// A trial with point spreads of 0.8 to 2 pixels in frames of 192 × 192.
    public init(family: FlashFamily, injections: Int, signalToNoise: ClosedRange<Double>, seed: UInt64) {
        self.family = family
        self.injections = injections
        self.signalToNoise = signalToNoise
        self.seed = seed
    }

    /// Frames from the end of a flash to the start of the next: longer than a detector waits for more light.
    private var pauseFrames: Int { Int(3.5 * family.framesPerSecond) }
    /// Frames before the first flash, for the background to be learnt.
    private var quietFrames: Int { family.target == .jupiter ? 600 : 250 }
    /// Pixels that flashes keep from the border.
    private static let border = 14.0
    /// Pixels and frames that flashes keep from each other.
    private static let distance = 10.0
    private static let memoryFrames = 750
    /// Pixels that flashes keep from a beacon.
    private static let beaconDistance = 18.0

    /// The threshold of an ideal detector for these frames.
    public var threshold: NoiseThreshold {
        NoiseThreshold(pixelCount: size * size, framesPerSecond: family.framesPerSecond)
    }

    /// Runs the detector over the flashes.
    ///
    /// - Throws: `CameraError` or `DetectionError` if frames or detector are impossible.
    public func run() throws -> WhiteNoiseOutcome {
        let field = try NoiseField(configuration)
        let settings = detector ?? .standard(for: family.target, framesPerSecond: family.framesPerSecond)
        let detector = try Detector(configuration: settings, format: field.description.format)
        var events: [DetectedEvent] = []
        while let frame = try field.nextFrame() { events += detector.process(frame) }
        events += detector.finish()
        return WhiteNoiseOutcome(
            field: field.configuration, events: events, detectorThreshold: detector.status.thresholdSigma)
    }

    /// Level ground, on which a detector for Moon or Jupiter could register nothing, with a few beacons far from each
    /// other. No flash comes near them.
    private var background: FieldBackground {
        .beacons(levelADU: 60, heightADU: 100, sigmaPixels: 3, spacingPixels: 64)
    }

    private var configuration: NoiseFieldConfiguration {
        var random = Xoshiro256(seed: seed, stream: 41)
        var flashes: [FieldFlash] = []
        var start = quietFrames
        for _ in 0..<injections {
            let light = family.light(&random)
            let recent = flashes.reversed().prefix { start - $0.lastFrame < WhiteNoiseTrial.memoryFrames }
            let place = freePlace(from: Array(recent), &random)
            flashes.append(
                FieldFlash(
                    x: place.x, y: place.y,
                    sigmaPixels: random.uniform(sigmaPixels.lowerBound, sigmaPixels.upperBound), firstFrame: start,
                    light: light,
                    signalToNoise: random.uniform(signalToNoise.lowerBound, signalToNoise.upperBound)))
            start += light.count + pauseFrames
        }
        var field = NoiseFieldConfiguration(
            width: size, height: size, framesPerSecond: family.framesPerSecond, frameCount: start + pauseFrames,
            seed: seed)
        field.background = background
        field.flashes = flashes
        return field
    }

    private func freePlace(from others: [FieldFlash], _ random: inout Xoshiro256) -> (x: Double, y: Double) {
        let far = Double(size - 1) - WhiteNoiseTrial.border
        var place = (x: 0.0, y: 0.0)
        for _ in 0..<200 {
            place = (random.uniform(WhiteNoiseTrial.border, far), random.uniform(WhiteNoiseTrial.border, far))
            guard background.distanceToBeacon(x: place.x, y: place.y) > WhiteNoiseTrial.beaconDistance else { continue }
            let isFree = others.allSatisfy {
                let (dx, dy) = ($0.x - place.x, $0.y - place.y)
                return dx * dx + dy * dy > WhiteNoiseTrial.distance * WhiteNoiseTrial.distance
            }
            if isFree { break }
        }
        return place
    }
}
