// SPDX-License-Identifier: Apache-2.0

/// What an operator wants of a camera. Everything left out is left to the camera.
public struct V4L2CameraOptions: Sendable, Hashable {
    /// Pixel formats in the order in which they are wanted; the first that the camera offers is taken.
    public var pixelFormats: [CameraPixelFormat] = V4L2CameraOptions.usualPixelFormats
    /// True to let libv4lconvert make 8-bit luminance of a format that PSWS cannot read itself, such as MJPEG, when
    /// nothing in `pixelFormats` fits.
    public var acceptsConverted = true
    /// Columns; nil for the most that the camera offers at the rate.
    public var width: Int?
    /// Rows; nil for the most that the camera offers at the rate.
    public var height: Int?
    /// Frames per second; nil for the fastest rate of the largest size that reaches 25.
    public var framesPerSecond: Double?

    /// Exposure in seconds. Setting it, or the gain, switches the automatic exposure and gain off.
    public var exposureSeconds: Double?
    /// Gain in the driver's units.
    public var gain: Int?
    /// Colour temperature in kelvins. Setting it switches the automatic white balance off.
    public var whiteBalanceKelvin: Int?
    /// Further controls by the names that `psws-agent cameras` prints, in the driver's units.
    public var controls: [String: Int] = [:]

    /// Buffers that the driver fills in turn, 2...32: how many frames may come while the program is busy.
    public var bufferCount = 4
    /// Seconds without a good frame that make a stall; nil for three frame intervals plus the exposure, at least 0.25.
    public var stallSeconds: Double?
    /// Seconds that a camera may take for its first frame, on top of `stallSeconds`.
    public var startSeconds = 5.0
    /// Measured delay of the driver's stamps; nil if nobody has measured it.
    public var latency: Latency?

    /// How much later than the light a camera's stamps are, as a calibration has measured it.
    public struct Latency: Sendable, Hashable {
        /// Seconds by which stamps are late.
        public var seconds: Double
        /// Standard error of that, in seconds.
        public var uncertaintySeconds: Double

        /// A measured delay and its standard error.
        public init(seconds: Double, uncertaintySeconds: Double) {
            self.seconds = seconds
            self.uncertaintySeconds = uncertaintySeconds
        }
    }

    /// Monochrome before colour, deep before shallow, raw before processed.
    public static let usualPixelFormats: [CameraPixelFormat] = [
        .y16, .y16BigEndian, .y14, .y14Packed, .y12, .y12Packed, .y10, .y10Packed, .y10BitPacked, .grey,
        .rggb16, .grbg16, .gbrg16, .bggr16, .rggb14, .grbg14, .gbrg14, .bggr14,
        .rggb14Packed, .grbg14Packed, .gbrg14Packed, .bggr14Packed, .rggb12, .grbg12, .gbrg12, .bggr12,
        .rggb12Packed, .grbg12Packed, .gbrg12Packed, .bggr12Packed, .rggb10, .grbg10, .gbrg10, .bggr10,
        .rggb10Packed, .grbg10Packed, .gbrg10Packed, .bggr10Packed, .rggb8, .grbg8, .gbrg8, .bggr8,
        .nv12, .nv21, .yuv420, .yvu420, .nv16, .nv61, .yuv422Planar, .yuyv, .uyvy, .yvyu, .vyuy, .rgb24, .bgr24,
    ]

    /// No wishes: the best format, the largest size, the controls as they are.
    public init() {}
}
