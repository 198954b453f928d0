// SPDX-License-Identifier: Apache-2.0

import UTC

/// A YUV4MPEG2 stream from a file, a pipe or standard input, of which the luminance is taken.
///
/// Everything that FFmpeg writes with `-f yuv4mpegpipe` is read: 8 bits, and 9 to 16 bits with `-strict -1`. The stream
/// may go on for ever. Streams of the same shape may follow each other. There is no time in YUV4MPEG2: frames have one
/// if a start is given.
public final class Y4MStream: FrameSource {
    /// What the header and the options say.
    public let description: SourceDescription

    private let stream: ByteStream
    private let header: Y4MHeader
    private let timeline: FrameTimeline?
    private var pool: FramePool
    private var nextIndex = 0
    private var hasEnded = false

    /// Opens a file or pipe, or standard input.
    ///
    /// - Parameters:
    ///   - path: the file; `-` is standard input.
    ///   - start: time of the first frame.
    ///   - framesPerSecond: rate for a stream that does not say its own.
    /// - Throws: `CameraError` if the header cannot be read.
    public convenience init(
        path: String, start: UTCInstant? = nil, framesPerSecond: Double? = nil
    ) throws(CameraError) {
        let stream = path == "-" ? ByteStream(descriptor: 0, name: "standard input") : try ByteStream(path: path)
        try self.init(stream: stream, start: start, framesPerSecond: framesPerSecond)
    }

    init(stream: ByteStream, start: UTCInstant?, framesPerSecond: Double?) throws(CameraError) {
        self.stream = stream
        let first = try stream.peek(RecordingSignature.peekLength)
        guard RecordingSignature(first) == .y4m else {
            throw RecordingSignature(first).refusal(place: stream.name, expected: "a YUV4MPEG2 stream")
        }
        guard case .whole(let line) = try stream.line(limit: Y4MHeader.maximumLineLength) else {
            throw CameraError(.damaged, place: stream.name, message: "the YUV4MPEG2 header has no end")
        }
        header = try Y4MHeader(line: line, place: stream.name)
        let rate = header.framesPerSecond ?? framesPerSecond
        timeline = start.map {
            FrameTimeline(start: $0, framesPerSecond: rate, origin: .givenStartAndRate)
        }
        pool = FramePool(format: header.format)
        var notices: [String] = []
        if header.isInterlaced { notices.append("the stream is interlaced: odd and even rows are of two moments") }
        if start == nil { notices.append("the recording keeps no time") }
        description = SourceDescription(
            name: stream.name, format: header.format, framesPerSecond: rate, notices: notices)
    }

    /// The next frame; a stream that breaks off inside a frame throws after the last whole one.
    public func nextFrame() throws(CameraError) -> Frame? {
        guard !hasEnded else { return nil }
        do throws(CameraError) {
            guard try beginFrame() else {
                hasEnded = true
                return nil
            }
            return try readFrame()
        } catch {
            hasEnded = true
            throw error
        }
    }

    private var place: String { "\(stream.name), frame \(nextIndex)" }

    /// Reads the line before a frame; false at the end of the stream.
    private func beginFrame() throws(CameraError) -> Bool {
        while true {
            switch try stream.line(limit: Y4MHeader.maximumLineLength) {
            case .cut(let line) where line.isEmpty:
                return false
            case .cut:
                throw truncated()
            case .tooLong:
                throw CameraError(.damaged, place: place, message: "no FRAME line where the frame should begin")
            case .whole(let line) where line == Array("FRAME".utf8) || line.starts(with: Array("FRAME ".utf8)):
                return true
            case .whole(let line) where line.starts(with: Y4MHeader.magic):
                let next = try Y4MHeader(line: line, place: place)
                guard next.format == header.format, next.chromaByteCount == header.chromaByteCount else {
                    throw CameraError(
                        .damaged, place: place,
                        message: "the frames change from \(header.format.width)×\(header.format.height) to "
                            + "\(next.format.width)×\(next.format.height) pixels, or their depth")
                }
            case .whole:
                throw CameraError(.damaged, place: place, message: "no FRAME line where the frame should begin")
            }
        }
    }

    private func readFrame() throws(CameraError) -> Frame {
        let format = header.format
        let buffer = pool.obtain()
        let count = try buffer.withMutableBytes { (plane) throws(CameraError) in
            try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: plane[..<format.byteCount]))
        }
        guard count == format.byteCount, try stream.skip(header.chromaByteCount) == header.chromaByteCount else {
            throw truncated()
        }
        if format.bytesPerSample == 2 {
            buffer.withMutableBytes { plane in
                guard let samples = plane.baseAddress else { return }
                RowKernels.unpack(
                    .littleEndianWords(bits: format.bitsPerSample), from: samples, to: samples,
                    count: format.pixelCount)
            }
        }
        let index = nextIndex
        nextIndex += 1
        return Frame(format: format, index: index, time: timeline?.time(ofFrame: index), buffer: buffer)
    }

    private func truncated() -> CameraError {
        CameraError(
            .truncated, place: place, message: "the stream ends inside this frame, after \(nextIndex) whole frames")
    }
}
