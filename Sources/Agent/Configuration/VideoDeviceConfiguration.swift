// SPDX-License-Identifier: Apache-2.0

import Settings

/// A camera attached to the box through Video4Linux, and how it is set.
public struct VideoDeviceConfiguration: Sendable, Hashable {
    /// The device, best by a name that stays: `/dev/v4l/by-id/…`.
    public var path = "/dev/video0"
    /// Pixel formats in the order in which they are wanted, by their four-character codes (`Y16`, `GREY`, `YUYV`);
    /// empty for the program's own order, monochrome and deep first.
    public var formats: [String] = []
    /// Whether formats that PSWS does not read itself, such as MJPEG, are converted to 8 bits.
    public var acceptsConverted = true
    /// Gain in the driver's units; nil leaves it to the camera.
    public var gain: Int?
    /// White balance as colour temperature in kelvins; nil leaves it to the camera.
    public var whiteBalanceKelvin: Int?
    /// Further controls by name, in the driver's units; `psws-agent cameras` lists them.
    public var controls: [String: Int] = [:]
    /// Seconds by which the driver's time stamps are late, as measured; nil if nobody has measured it.
    public var latencySeconds: Double?
    /// Standard error of the latency in seconds.
    public var latencyErrorSeconds = 0.0

    init() {}

    init(_ section: inout SettingsSection) {
        path = section.read("device", .path, default: path)
        formats = section.list("formats", of: .text(2...4), count: 1...100)
        acceptsConverted = section.read("convert", .boolean, default: acceptsConverted)
        gain = section.readIfPresent("gain", .integer(Self.controlValues))
        whiteBalanceKelvin = section.readIfPresent("white_balance", .quantity(.colourTemperature, 1000...40_000))
            .map { Int($0.rounded()) }
        controls = section.dictionary("controls", of: .integer(Self.controlValues))
        latencySeconds = section.readIfPresent("latency", .seconds(-10...10))
        latencyErrorSeconds = section.read("latency_error", .seconds(0...10), default: latencyErrorSeconds)
        if !path.hasPrefix("/") {
            section.reject("device", "'\(path)' is not the whole path of a device", remedy: "write /dev/…")
        }
    }

    /// Controls are 32-bit numbers in the kernel's interface.
    private static let controlValues = -2_147_483_648...2_147_483_647
}
