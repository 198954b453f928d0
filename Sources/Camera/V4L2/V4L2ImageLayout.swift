// SPDX-License-Identifier: Apache-2.0

import CV4L2

/// Shape of the images that a driver has agreed to send, and how they become frames.
struct V4L2ImageLayout {
    let unpacker: PixelUnpacker
    /// Bytes of a whole image with all its planes; a buffer with fewer is short.
    let byteCount: Int
    /// Bytes that the driver keeps for an image, at least `byteCount`.
    let bufferByteCount: Int
    /// Format and shape for people: `GREY 640×480`.
    let text: String
    private let answer: v4l2_pix_format

    /// The layout that a driver has answered, or what is wrong with it.
    init(_ answer: v4l2_pix_format, path: String) throws(CameraError) {
        let name = V4L2FormatOffer.text(ofFourCC: answer.pixelformat)
        guard let pixelFormat = CameraPixelFormat(fourCC: answer.pixelformat) else {
            throw CameraError(.unsupported, place: path, message: "PSWS cannot read \(name)")
        }
        let field = v4l2_field(answer.field)
        guard field == V4L2_FIELD_NONE || field == V4L2_FIELD_ANY || field == V4L2_FIELD_INTERLACED else {
            throw CameraError(
                .unsupported, place: path, message: "the camera sends half pictures (field order \(answer.field))",
                remedy: "switch it to progressive frames")
        }
        do {
            unpacker = try PixelUnpacker(
                pixelFormat: pixelFormat, width: Int(answer.width), height: Int(answer.height),
                bytesPerLine: Int(answer.bytesperline))
        } catch {
            throw CameraError(error.code, place: path, message: error.message, remedy: "choose another size or format")
        }
        byteCount = pixelFormat.frameByteCount(
            width: Int(answer.width), height: Int(answer.height), bytesPerLine: unpacker.bytesPerLine)
        bufferByteCount = Int(answer.sizeimage)
        text = V4L2ImageLayout.text(answer)
        self.answer = answer
        guard byteCount <= Int(answer.sizeimage) else {
            throw CameraError(
                .damaged, place: path,
                message: "the driver has \(answer.sizeimage) bytes for a frame of \(answer.width)×\(answer.height) "
                    + "\(name), which takes \(byteCount)", remedy: "choose another size or format")
        }
    }

    /// The format that a driver has now, for people; nil if that is still this one.
    func change(to present: v4l2_pix_format) -> String? {
        let isSame =
            present.pixelformat == answer.pixelformat && present.width == answer.width
            && present.height == answer.height && present.bytesperline == answer.bytesperline
        return isSame ? nil : V4L2ImageLayout.text(present)
    }

    private static func text(_ format: v4l2_pix_format) -> String {
        "\(V4L2FormatOffer.text(ofFourCC: format.pixelformat)) \(format.width)×\(format.height)"
    }
}
