// SPDX-License-Identifier: Apache-2.0

import CV4L2

// What the device says of itself: who it is, and the formats, sizes and rates that it offers.
extension V4L2Device {
    /// Lists from a driver are cut here, so that a broken one costs no endless loop.
    private static let maximumListLength: UInt32 = 256

    /// Name, driver, bus and abilities of the device.
    func identity() throws(CameraError) -> V4L2Identity {
        var capability = v4l2_capability()
        let result = call(.CV4L2_QUERYCAP, &capability)
        if result < 0 { throw CameraError.system(-result, opening: path) }
        return V4L2Identity(capability)
    }

    /// Every format that the device offers, with sizes and rates.
    func formatOffers() throws(CameraError) -> [V4L2FormatOffer] {
        var offers: [V4L2FormatOffer] = []
        for index in 0..<V4L2Device.maximumListLength {
            var entry = v4l2_fmtdesc()
            entry.index = index
            entry.type = V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue
            let result = call(.CV4L2_ENUM_FMT, &entry)
            if result < 0 {
                // EINVAL ends the list; anything else, such as a camera just unplugged, is an error.
                guard -result == EINVAL else {
                    throw CameraError.system(-result, path: path, purpose: "list the formats")
                }
                break
            }
            offers.append(
                V4L2FormatOffer(
                    fourCC: entry.pixelformat, name: textOfFixedArray(entry.description),
                    isCompressed: entry.flags & UInt32(V4L2_FMT_FLAG_COMPRESSED) != 0,
                    isConverted: entry.flags & UInt32(V4L2_FMT_FLAG_EMULATED) != 0,
                    sizes: sizeOffers(of: entry.pixelformat)))
        }
        return offers
    }

    private func sizeOffers(of fourCC: UInt32) -> [V4L2SizeOffer] {
        var offers: [V4L2SizeOffer] = []
        for index in 0..<V4L2Device.maximumListLength {
            var entry = v4l2_frmsizeenum()
            entry.index = index
            entry.pixel_format = fourCC
            guard call(.CV4L2_ENUM_FRAMESIZES, &entry) >= 0, var offer = V4L2SizeOffer(entry) else { break }
            setRates(of: &offer, fourCC: fourCC)
            offers.append(offer)
            if entry.type != V4L2_FRMSIZE_TYPE_DISCRETE.rawValue { break }
        }
        return offers
    }

    /// The rates at the greatest size of an offer.
    private func setRates(of offer: inout V4L2SizeOffer, fourCC: UInt32) {
        for index in 0..<V4L2Device.maximumListLength {
            var entry = v4l2_frmivalenum()
            entry.index = index
            entry.pixel_format = fourCC
            entry.width = UInt32(offer.widths.upperBound)
            entry.height = UInt32(offer.heights.upperBound)
            guard call(.CV4L2_ENUM_FRAMEINTERVALS, &entry) >= 0 else { break }
            guard entry.type == V4L2_FRMIVAL_TYPE_DISCRETE.rawValue else {
                offer.framesPerSecond = [entry.stepwise.min, entry.stepwise.max].compactMap(ratePerSecond)
                offer.isRateContinuous = offer.framesPerSecond.count == 2
                break
            }
            if let rate = ratePerSecond(entry.discrete) { offer.framesPerSecond.append(rate) }
        }
        offer.framesPerSecond.sort(by: >)
    }
}

/// Frames per second of an interval; nil for one without sense.
func ratePerSecond(_ interval: v4l2_fract) -> Double? {
    guard interval.numerator > 0, interval.denominator > 0 else { return nil }
    return Double(interval.denominator) / Double(interval.numerator)
}

extension V4L2SizeOffer {
    /// The size or range of sizes that a driver lists; nil if it makes no sense.
    fileprivate init?(_ entry: v4l2_frmsizeenum) {
        let range =
            entry.type == V4L2_FRMSIZE_TYPE_DISCRETE.rawValue
            ? v4l2_frmsize_stepwise(
                min_width: entry.discrete.width, max_width: entry.discrete.width, step_width: 1,
                min_height: entry.discrete.height, max_height: entry.discrete.height, step_height: 1)
            : entry.stepwise
        guard range.min_width >= 1, range.min_width <= range.max_width, range.min_height >= 1,
            range.min_height <= range.max_height
        else { return nil }
        self.init(
            widths: Int(range.min_width)...Int(range.max_width),
            heights: Int(range.min_height)...Int(range.max_height), widthStep: Int(range.step_width),
            heightStep: Int(range.step_height))
    }
}
