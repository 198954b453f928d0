// SPDX-License-Identifier: Apache-2.0

/// What a SER recording's header, size and first samples say about its frames.
struct SERShape {
    let header: SERHeader
    let format: FrameFormat
    let layout: SampleLayout
    let frameByteCount: Int
    let counts: SERFrameCount
    private(set) var notices: [String] = []

    init(file: InputFile) throws(CameraError) {
        let bytes = try file.bytes(count: SERHeader.byteCount, at: 0)
        guard bytes.count == SERHeader.byteCount else {
            throw CameraError(
                .truncated, place: file.path,
                message: "the SER header ends after \(bytes.count) of \(SERHeader.byteCount) bytes")
        }
        guard let header = SERHeader(bytes) else {
            throw CameraError(.unknownFormat, place: file.path, message: "is not a SER recording")
        }
        self.header = header
        guard let color = SERColorID(rawValue: header.colorID) else {
            throw CameraError(
                .unsupported, place: file.path, message: "the SER colour arrangement \(header.colorID) is unknown")
        }
        let bits = Int(header.bitsPerSample)
        guard (1...16).contains(bits) else {
            throw CameraError(.damaged, place: file.path, message: "a depth of \(bits) bits is impossible in SER")
        }
        // Depths below 8 bits keep one byte a sample; frames begin at 8 bits.
        let declared = FrameFormat(
            width: Int(header.width), height: Int(header.height), bitsPerSample: max(bits, 8),
            colorFilter: color.colorFilter)
        guard let declared else {
            throw CameraError(
                .damaged, place: file.path,
                message: "a frame of \(header.width)×\(header.height) pixels is impossible")
        }
        frameByteCount = declared.byteCount * color.planeCount
        counts = SERFrameCount(
            promised: Int(header.frameCount), frameByteCount: frameByteCount, fileByteCount: file.byteCount)
        guard counts.frameCount > 0 else {
            throw CameraError(.truncated, place: file.path, message: "the recording ends inside its first frame")
        }
        if let notice = counts.notice { notices.append(notice) }
        if color.isComplementaryMosaic {
            notices.append("the mosaic of complementary colours is treated as monochrome")
        }
        guard bits > 8 else {
            format = declared
            layout = color.layout(bitsPerSample: 8, bigEndian: false)
            return
        }
        let order = try SERShape.byteOrder(
            file: file, header: header, color: color, frameByteCount: frameByteCount, frameCount: counts.frameCount)
        let effectiveBits = order.exceedsDepth ? 16 : bits
        format =
            FrameFormat(
                width: declared.width, height: declared.height, bitsPerSample: effectiveBits,
                colorFilter: declared.colorFilter) ?? declared
        layout = color.layout(bitsPerSample: effectiveBits, bigEndian: order.isBigEndian)
        notices.append(
            "samples are \(order.isBigEndian ? "big" : "little")-endian, as "
                + (order.isSeen
                    ? "the image shows (the header's flag is \(header.littleEndianFlag))"
                    : "most programs mean by the header's flag \(header.littleEndianFlag); the image does not show it"))
        if order.exceedsDepth { notices.append("samples exceed the declared \(bits) bits: taken as 16 bits") }
    }

    /// Looks at up to 64 rows of the first, middle and last frame.
    private static func byteOrder(
        file: InputFile, header: SERHeader, color: SERColorID, frameByteCount: Int, frameCount: Int
    ) throws(CameraError) -> SERByteOrder.Verdict {
        var order = SERByteOrder(
            bitsPerSample: Int(header.bitsPerSample), step: color.sameColorStep, flag: header.littleEndianFlag)
        let height = Int(header.height)
        let rowByteCount = frameByteCount / height
        for index in Set([0, frameCount / 2, frameCount - 1]) {
            for row in stride(from: 0, to: height, by: (height + 63) / 64) {
                let offset = SERHeader.byteCount + index * frameByteCount + row * rowByteCount
                order.add(try file.bytes(count: rowByteCount, at: offset))
            }
        }
        return order.verdict
    }
}
