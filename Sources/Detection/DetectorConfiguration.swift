// SPDX-License-Identifier: Apache-2.0

/// What a detector must know beforehand.
public struct DetectorConfiguration: Sendable, Hashable {
    /// What the camera looks at.
    public var target: ObservationTarget
    /// Frames per second, 0.1…10 000.
    public var framesPerSecond: Double
    /// Standard deviation of the point spread in pixels, 0.5…4; nil searches the target's usual widths.
    public var pointSpreadSigmaPixels: Double?
    /// Peaks of pure noise an hour that may pass the threshold for a single spot, above 0.
    public var falseAlarmsPerHour = 1.0
    /// Scale of the image, which tells meteors from satellites by their angular speed. If nil, the frame is taken to
    /// be 90° wide for the sky.
    public var arcsecondsPerPixel: Double?
    /// Pixels not to look at (trees, lamps, clock displays): one element a pixel, row after row, true = excluded.
    public var exclusionMask: [Bool]?

    /// Signal to noise below which no spot becomes a candidate for linking.
    public var candidateFloorSigma: Double
    /// Number of candidates in a frame towards which the candidate threshold steers.
    public var candidatesPerFrame: Double
    /// Share of a new frame in the running background, 0…1.
    public var backgroundRate: Double
    /// Frames before the first decision.
    public var warmUpFrames: Int
    /// Number of octaves of the temporal bank: flashes are summed over 1, 2, 4 … 2^octaves frames. 0…7.
    public var temporalOctaves: Int
    /// Shortest flash that is an alert, in seconds. Impacts on Jupiter last 0.4 s and more.
    public var minimumFlashSeconds: Double
    /// Bands of rows that are searched at the same time, each on a thread of its own, 1…64.
    public var bandCount = 1
    /// 2 to search sums of 2 × 2 pixels, for boards that are too slow for all of them; 1 for all pixels. Events are
    /// told in the camera's pixels all the same.
    public var binning = 1
    /// Longest event that is an alert, in seconds; what shines longer is something else.
    public var maximumEventSeconds: Double

    /// Seconds from one self-test to the next, 0…86 400; 0 for none. See `SelfTestSummary`.
    public var selfTestIntervalSeconds = 60.0
    /// Seed that decides places and widths of the synthetic flashes.
    public var selfTestSeed: UInt64 = 1

    /// The usual settings for a target at a frame rate.
    ///
    /// The background forgets in about a second for the sky, where clouds drift, and slowly enough for the Moon and
    /// Jupiter that a flash of the longest kind does not become its own background.
    public static func standard(
        for target: ObservationTarget, framesPerSecond: Double = 25
    ) -> DetectorConfiguration {
        switch target {
        case .sky:
            DetectorConfiguration(
                target: target, framesPerSecond: framesPerSecond, candidateFloorSigma: 4.5, candidatesPerFrame: 3,
                backgroundRate: 1 / 32, warmUpFrames: 24, temporalOctaves: 0, minimumFlashSeconds: 0,
                maximumEventSeconds: 15)
        case .moon:
            DetectorConfiguration(
                target: target, framesPerSecond: framesPerSecond, candidateFloorSigma: 4.5, candidatesPerFrame: 3,
                backgroundRate: 1 / 128, warmUpFrames: 96, temporalOctaves: 5, minimumFlashSeconds: 0,
                maximumEventSeconds: 10)
        case .jupiter:
            DetectorConfiguration(
                target: target, framesPerSecond: framesPerSecond, candidateFloorSigma: 4.5, candidatesPerFrame: 3,
                backgroundRate: 1 / 512, warmUpFrames: 96, temporalOctaves: 7, minimumFlashSeconds: 0.15,
                maximumEventSeconds: 10)
        }
    }

    /// True if the scene moves in the frame and is registered before it is compared.
    var registersScene: Bool { target != .sky }

    /// Standard deviations of the matched filters, in pixels.
    var filterSigmas: [Double] {
        if let sigma = pointSpreadSigmaPixels { return [sigma] }
        return switch target {
        case .sky: [0.7, 1.2]
        case .moon: [1.0, 1.4]
        case .jupiter: [1.2, 1.7]
        }
    }

    /// Standard deviations that the point spread may have, in pixels.
    var possibleSigmas: ClosedRange<Double> {
        if let sigma = pointSpreadSigmaPixels { return (0.8 * sigma)...(1.25 * sigma) }
        return switch target {
        case .sky: 0.6...2
        case .moon: 0.8...2.2
        case .jupiter: 1...3
        }
    }

    /// Refuses settings outside their ranges.
    func validate(pixelCount: Int) throws(DetectionError) {
        func require(_ condition: Bool, _ place: String, _ message: String) throws(DetectionError) {
            if !condition { throw DetectionError(.impossibleValue, place: place, message: message) }
        }
        try require(
            (0.1...10_000).contains(framesPerSecond), "framesPerSecond", "\(framesPerSecond) is not in 0.1…10000")
        if let sigma = pointSpreadSigmaPixels {
            try require((0.5...4).contains(sigma), "pointSpreadSigmaPixels", "\(sigma) is not in 0.5…4 pixels")
        }
        try require(
            falseAlarmsPerHour > 0 && falseAlarmsPerHour < 1e6, "falseAlarmsPerHour",
            "\(falseAlarmsPerHour) is not in 0…1000000")
        if let scale = arcsecondsPerPixel {
            try require(scale > 0 && scale < 36_000, "arcsecondsPerPixel", "\(scale) is not in 0…36000")
        }
        try require((3...20).contains(candidateFloorSigma), "candidateFloorSigma", "must lie in 3…20")
        try require((0.1...1000).contains(candidatesPerFrame), "candidatesPerFrame", "must lie in 0.1…1000")
        try require(backgroundRate > 0 && backgroundRate <= 0.5, "backgroundRate", "must lie in 0…0.5")
        try require((8...10_000).contains(warmUpFrames), "warmUpFrames", "must lie in 8…10000")
        try require((1...2).contains(binning), "binning", "must be 1 or 2")
        try require((1...64).contains(bandCount), "bandCount", "must lie in 1…64")
        try require((0...7).contains(temporalOctaves), "temporalOctaves", "must lie in 0…7")
        try require(
            minimumFlashSeconds >= 0 && maximumEventSeconds > minimumFlashSeconds, "maximumEventSeconds",
            "must be longer than minimumFlashSeconds")
        try require(
            (0...86_400).contains(selfTestIntervalSeconds), "selfTestIntervalSeconds",
            "\(selfTestIntervalSeconds) is not in 0…86400")
        if let mask = exclusionMask, mask.count != pixelCount {
            throw DetectionError(
                .maskSize, place: "exclusionMask", message: "has \(mask.count) elements for \(pixelCount) pixels",
                remedy: "make the mask from a frame of the same camera mode")
        }
    }
}
