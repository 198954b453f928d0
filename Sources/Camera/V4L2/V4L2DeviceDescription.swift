// SPDX-License-Identifier: Apache-2.0

import JSON

/// A camera as it presents itself: who it is, what it offers, and its controls.
public struct V4L2DeviceDescription: Sendable, Hashable {
    /// Device node: `/dev/video0`. Its number may change when cameras are plugged in another order.
    public var path: String
    /// Links to the node whose names stay: `/dev/v4l/by-id/…`, `/dev/v4l/by-path/…`.
    public var stablePaths: [String]
    /// Name of the camera; empty if it could not be opened.
    public var name: String
    /// Name of the kernel driver.
    public var driver: String
    /// Where it is plugged in.
    public var bus: String
    /// Pixel formats, in the driver's order.
    public var formats: [V4L2FormatOffer]
    /// Controls, in the driver's order.
    public var controls: [V4L2Control]
    /// Why the camera could not be asked, with the remedy; nil if all went well.
    public var problem: String?

    /// A description of which only the path must be known.
    public init(
        path: String, stablePaths: [String] = [], name: String = "", driver: String = "", bus: String = "",
        formats: [V4L2FormatOffer] = [], controls: [V4L2Control] = [], problem: String? = nil
    ) {
        self.path = path
        self.stablePaths = stablePaths
        self.name = name
        self.driver = driver
        self.bus = bus
        self.formats = formats
        self.controls = controls
        self.problem = problem
    }
}

extension V4L2FormatOffer {
    /// How PSWS gets at the samples of this format.
    public var use: Use {
        if let format = CameraPixelFormat(fourCC: fourCC), !isConverted {
            return .direct(bitsPerSample: format.bitsPerSample)
        }
        return .converted
    }

    /// Ways to read a format.
    public enum Use: Sendable, Hashable {
        /// Read without loss, so many bits a sample.
        case direct(bitsPerSample: Int)
        /// Only by way of libv4lconvert, if that knows it, with 8 bits a sample.
        case converted
    }
}

extension V4L2DeviceDescription: CustomStringConvertible {
    /// Several lines for a person to read.
    public var description: String {
        guard problem == nil || !name.isEmpty else { return "\(path): \(problem ?? "")" }
        // The number of /dev/videoN changes with the order of plugging in: a name that stays comes first.
        var lines = ["\(stablePaths.first ?? path): \(name) (\(driver), \(bus))"]
        if let problem { lines.append("  problem: \(problem)") }
        lines += stablePaths.dropFirst().map { "  also \($0)" }
        if !stablePaths.isEmpty { lines.append("  at present \(path)") }
        for format in formats {
            let use =
                switch format.use {
                case .direct(let bits): "\(bits) bits"
                case .converted: "by conversion, 8 bits"
                }
            lines.append("  format \(format.fourCCText) (\(format.name); \(use))")
            lines += format.sizes.map { "    \($0)" }
        }
        lines += controls.map { "  control \($0)" }
        return lines.joined(separator: "\n")
    }

    /// One JSON object on one line, for programs.
    ///
    /// `path`, `stable_paths`, `name`, `driver`, `bus`, `problem` (null when there is none), `formats` (each `fourcc`,
    /// `name`, `compressed`, `bits_per_sample`, null when it needs conversion, and `sizes`, each `width`, `height`,
    /// `frames_per_second`, and for a range of sizes `width_min`, `width_step`, `height_min`, `height_step`),
    /// `controls` (each `name`, `id`, `kind`, `min`, `max`, `step`, `default`, `value`, `writable`, `inactive`).
    public var json: String {
        JSONText.object([
            ("path", .string(path)), ("stable_paths", .array(stablePaths.map(JSONText.string))),
            ("name", .string(name)), ("driver", .string(driver)), ("bus", .string(bus)),
            ("problem", problem.map(JSONText.string) ?? .null), ("formats", .array(formats.map(\.jsonText))),
            ("controls", .array(controls.map(\.jsonText))),
        ]).description
    }
}

extension V4L2FormatOffer {
    fileprivate var jsonText: JSONText {
        let bits: JSONText =
            switch use {
            case .direct(let bits): .integer(bits)
            case .converted: .null
            }
        return .object([
            ("fourcc", .string(fourCCText)), ("name", .string(name)), ("compressed", .boolean(isCompressed)),
            ("bits_per_sample", bits), ("sizes", .array(sizes.map(\.jsonText))),
        ])
    }
}

extension V4L2SizeOffer {
    fileprivate var jsonText: JSONText {
        var members: [(String, JSONText)] = [
            ("width", .integer(widths.upperBound)), ("height", .integer(heights.upperBound)),
        ]
        if widths.count > 1 || heights.count > 1 {
            members += [
                ("width_min", .integer(widths.lowerBound)), ("width_step", .integer(widthStep)),
                ("height_min", .integer(heights.lowerBound)), ("height_step", .integer(heightStep)),
            ]
        }
        return .object(members + [("frames_per_second", .array(framesPerSecond.map(JSONText.number)))])
    }
}

extension V4L2Control {
    fileprivate var jsonText: JSONText {
        .object([
            ("name", .string(name)), ("id", .integer(Int(identifier))), ("kind", .string(kind.rawValue)),
            ("min", .integer(range.lowerBound)), ("max", .integer(range.upperBound)), ("step", .integer(step)),
            ("default", .integer(defaultValue)), ("value", value.map(JSONText.integer) ?? .null),
            ("writable", .boolean(isWritable)), ("inactive", .boolean(isInactive)),
        ])
    }
}
