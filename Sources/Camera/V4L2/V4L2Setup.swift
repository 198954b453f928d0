// SPDX-License-Identifier: Apache-2.0

import CV4L2
import Glibc

/// A device that has been opened, has agreed on a format and a rate, and has its controls set.
struct V4L2Setup {
    let device: V4L2Device
    let image: V4L2ImageLayout
    let description: SourceDescription
    let notices: [String]

    init(path: String, options: V4L2CameraOptions, operations: cv4l2_operations) throws(CameraError) {
        let agreement = try V4L2Setup.negotiate(path: path, options: options, operations: operations)
        device = agreement.device
        image = agreement.image
        let identity = try device.identity()
        var notices: [String] = []
        let rate = V4L2Setup.setRate(of: device, wanted: agreement.framesPerSecond, notices: &notices)
        var setter = V4L2ControlSetter(device: device)
        setter.apply(options)
        notices += setter.notices
        self.notices = notices
        description = SourceDescription(
            name: path, format: image.unpacker.format, framesPerSecond: rate, exposureSeconds: setter.exposureSeconds(),
            instrument: "\(identity.card) (\(identity.driver))")
    }
}

// MARK: - Format

extension V4L2Setup {
    /// What was agreed with a device; the rate is still to be set, nil leaves it to the driver.
    private struct Agreement {
        var device: V4L2Device
        var image: V4L2ImageLayout
        var framesPerSecond: Double?
    }

    private static func negotiate(
        path: String, options: V4L2CameraOptions, operations: cv4l2_operations
    ) throws(CameraError) -> Agreement {
        let device = try V4L2Device(path: path, operations: operations)
        let identity = try device.identity()
        guard identity.capturesVideo, identity.streams else {
            throw CameraError(
                .unsupported, place: path, message: "\(identity.card) gives no video here",
                remedy: "a camera often has several device nodes: `psws-agent cameras` lists those with video")
        }
        let offers = try device.formatOffers()
        let wanted = options.pixelFormats.map(\.fourCC)
        if let agreement = try agree(with: device, offers: offers, preference: wanted, options: options) {
            return agreement
        }
        if options.acceptsConverted {
            let converting = try V4L2Device(path: path, operations: operations, converts: true)
            let converted = try converting.formatOffers().filter(\.isConverted)
            let preference = [CameraPixelFormat.yuv420.fourCC]
            if let agreement = try agree(
                with: converting, offers: converted, preference: preference, options: options)
            {
                return agreement
            }
        }
        throw nothingFits(path: path, offers: offers, options: options)
    }

    /// Goes through what fits, best first, until the driver takes one as it is; nil if it takes none.
    private static func agree(
        with device: V4L2Device, offers: [V4L2FormatOffer], preference: [UInt32], options: V4L2CameraOptions
    ) throws(CameraError) -> Agreement? {
        let choices = V4L2FormatChoice.ranked(
            offers: offers, preference: preference, width: options.width, height: options.height,
            framesPerSecond: options.framesPerSecond)
        for choice in choices {
            var present = v4l2_format()
            present.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
            _ = device.call(.CV4L2_G_FMT, &present)
            var format = v4l2_format()
            format.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
            format.fmt.pix.width = choice.width.map { UInt32(clamping: $0) } ?? present.fmt.pix.width
            format.fmt.pix.height = choice.height.map { UInt32(clamping: $0) } ?? present.fmt.pix.height
            format.fmt.pix.pixelformat = choice.fourCC
            format.fmt.pix.field = V4L2_FIELD_NONE.rawValue
            let result = device.call(.CV4L2_S_FMT, &format)
            if result == -EINVAL { continue }
            if result < 0 { throw CameraError.system(-result, path: device.path, purpose: "set the format") }
            let answer = format.fmt.pix
            guard answer.pixelformat == choice.fourCC, options.width.map({ $0 == Int(answer.width) }) ?? true,
                options.height.map({ $0 == Int(answer.height) }) ?? true
            else { continue }
            return Agreement(
                device: device, image: try V4L2ImageLayout(answer, path: device.path),
                framesPerSecond: choice.framesPerSecond)
        }
        return nil
    }

    private static func nothingFits(
        path: String, offers: [V4L2FormatOffer], options: V4L2CameraOptions
    ) -> CameraError {
        var wishes: [String] = []
        if options.width != nil || options.height != nil {
            wishes.append("\(options.width.map(String.init) ?? "any")×\(options.height.map(String.init) ?? "any")")
        }
        if let rate = options.framesPerSecond { wishes.append("\(shortDecimal(rate)) frames/s") }
        if !options.pixelFormats.isEmpty, options.pixelFormats != V4L2CameraOptions.usualPixelFormats {
            wishes.append(options.pixelFormats.map { V4L2FormatOffer.text(ofFourCC: $0.fourCC) }.joined(separator: "/"))
        }
        let wish = wishes.isEmpty ? "that PSWS can read" : "for \(wishes.joined(separator: ", "))"
        return CameraError(
            .unsupported, place: path, message: "the camera has nothing \(wish); it offers \(summary(of: offers))",
            remedy: "choose from what it offers; `psws-agent cameras` has all of it")
    }

    /// Formats with their sizes and rates, those with the same sizes together, and no more than a person reads.
    private static func summary(of offers: [V4L2FormatOffer]) -> String {
        var groups: [(names: [String], sizes: [V4L2SizeOffer])] = []
        for offer in offers {
            if let index = groups.firstIndex(where: { $0.sizes == offer.sizes }) {
                groups[index].names.append(offer.fourCCText)
            } else {
                groups.append(([offer.fourCCText], offer.sizes))
            }
        }
        let texts = groups.map { group in
            shortened(group.names, to: 60, separator: "/") + " "
                + shortened(group.sizes.map(\.description), to: 12, separator: ", ")
        }
        return texts.isEmpty ? "no format at all" : shortened(texts, to: 8, separator: "; ")
    }

    private static func shortened(_ items: [String], to count: Int, separator: String) -> String {
        items.prefix(count).joined(separator: separator) + (items.count > count ? separator + "…" : "")
    }
}

// MARK: - Rate

extension V4L2Setup {
    /// Asks for a rate, if one is wanted, and gives the one that the driver took; nil if it has none.
    private static func setRate(of device: V4L2Device, wanted: Double?, notices: inout [String]) -> Double? {
        var parameters = v4l2_streamparm()
        parameters.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
        guard device.call(.CV4L2_G_PARM, &parameters) >= 0 else {
            if let wanted { notices.append("rate: \(shortDecimal(wanted)) frames/s wanted, the driver has no rate") }
            return nil
        }
        if let wanted, parameters.parm.capture.capability & UInt32(V4L2_CAP_TIMEPERFRAME) != 0 {
            parameters.parm.capture.timeperframe = interval(framesPerSecond: wanted)
            if device.call(.CV4L2_S_PARM, &parameters) < 0 { _ = device.call(.CV4L2_G_PARM, &parameters) }
        }
        let rate = ratePerSecond(parameters.parm.capture.timeperframe)
        if let wanted, let rate, abs(rate - wanted) > 0.01 * wanted {
            notices.append(
                "rate: asked for \(shortDecimal(wanted)) frames/s, the camera took \(shortDecimal(rate))")
        }
        return rate
    }

    private static func interval(framesPerSecond: Double) -> v4l2_fract {
        v4l2_fract(numerator: 1000, denominator: UInt32(min(4e9, max(1, framesPerSecond * 1000)).rounded()))
    }
}
