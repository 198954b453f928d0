// SPDX-License-Identifier: Apache-2.0

/// What a `NoiseField` is made from. Equal configurations give equal frames, bit for bit.
public struct NoiseFieldConfiguration: Sendable, Hashable {
    /// Columns, 8...16384.
    public var width: Int
    /// Rows, 8...16384.
    public var height: Int
    /// Significant bits of a sample, 8...16.
    public var bitsPerSample = 8
    /// Frames a second.
    public var framesPerSecond: Double
    /// Number of frames, 1 to 3 million.
    public var frameCount: Int
    /// What lies under the noise.
    public var background = FieldBackground.flat(levelADU: 60)
    /// Standard deviation of the noise before rounding, in ADU, 0...10000.
    public var noiseADU = 3.0
    /// Decides the noise.
    public var seed: UInt64
    /// What happens.
    public var flashes: [FieldFlash] = []

    /// A flat field of 8 bits with noise of 3 ADU and without flashes.
    public init(width: Int, height: Int, framesPerSecond: Double, frameCount: Int, seed: UInt64 = 1) {
        self.width = width
        self.height = height
        self.framesPerSecond = framesPerSecond
        self.frameCount = frameCount
        self.seed = seed
    }

    /// Standard deviation of a sample in ADU: the noise and the rounding, whose variance is 1/12.
    public var sampleNoiseADU: Double { (noiseADU * noiseADU + 1.0 / 12).squareRoot() }

    /// Throws `impossibleScene` for the first value that is out of its range.
    public func validate() throws(CameraError) {
        func require(_ condition: Bool, _ message: String) throws(CameraError) {
            if !condition { throw CameraError(.impossibleScene, place: "noise field", message: message) }
        }
        try require((8...16_384).contains(width), "width must be 8 to 16384 pixels")
        try require((8...16_384).contains(height), "height must be 8 to 16384 pixels")
        try require((8...16).contains(bitsPerSample), "bitsPerSample must be 8 to 16")
        try require((0.001...10_000).contains(framesPerSecond), "framesPerSecond must be 0.001 to 10000")
        try require((1...3_000_000).contains(frameCount), "frameCount must be 1 to 3 million")
        try require((0...10_000).contains(noiseADU), "noiseADU must be 0 to 10000")
        for (index, flash) in flashes.enumerated() {
            let light = flash.light.reduce(0, +)
            try require(
                flash.light.allSatisfy { $0 >= 0 } && light > 0 && light.isFinite,
                "flashes[\(index)].light must not be negative and not all 0")
            try require((0.2...50).contains(flash.sigmaPixels), "flashes[\(index)].sigmaPixels must be 0.2 to 50")
            try require(flash.signalToNoise.isFinite, "flashes[\(index)].signalToNoise must be finite")
            try require(
                (0..<Double(width)).contains(flash.x) && (0..<Double(height)).contains(flash.y),
                "flashes[\(index)] must lie in the frame")
        }
    }
}
