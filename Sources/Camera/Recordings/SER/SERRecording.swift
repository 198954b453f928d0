// SPDX-License-Identifier: Apache-2.0

import UTC

/// A SER recording (version 2 or 3), read frame by frame.
///
/// Any depth up to 16 bits; monochrome and mosaics as they are, RGB and BGR as luminance. The byte order is taken from
/// the image (see `SERByteOrder`). A recording whose recorder crashed has as many frames as the file's size gives.
///
/// A frame's time is its stamp. SER does not say which moment of the exposure a stamp means, so its error is half the
/// frame interval. Frames without a stamp follow the last stamped one at the recording's rate.
///
/// - Reference: H. Kaiser, G. Hahn, "SER format description version 3" (2014).
public final class SERRecording: FrameSource {
    /// What the header, the time stamps, the first samples and the options say.
    public let description: SourceDescription

    private let file: InputFile
    private let layout: SampleLayout
    private let frameByteCount: Int
    private let counts: SERFrameCount
    private let timeStamps: SERTimeStamps
    private let givenTimeline: FrameTimeline?
    private var recordedTimeline: FrameTimeline?
    private var pool: FramePool
    private var rowBuffer: [UInt8] = []
    private var nextIndex = 0
    private var hasEnded = false

    /// Opens a recording.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - start: time of the first frame, in place of all recorded times.
    ///   - framesPerSecond: rate for a recording that does not show its own.
    /// - Throws: `CameraError` if the file cannot be read, is no SER recording or has no whole frame.
    public convenience init(
        path: String, start: UTCInstant? = nil, framesPerSecond: Double? = nil
    ) throws(CameraError) {
        try self.init(file: try InputFile(path: path), start: start, framesPerSecond: framesPerSecond)
    }

    init(file: InputFile, start: UTCInstant?, framesPerSecond: Double?) throws(CameraError) {
        let shape = try SERShape(file: file)
        self.file = file
        layout = shape.layout
        frameByteCount = shape.frameByteCount
        counts = shape.counts
        timeStamps = try SERTimeStamps(
            file: file, offset: SERHeader.byteCount + counts.frameCount * frameByteCount, count: counts.timeStampCount)
        let rate = timeStamps.framesPerSecond ?? framesPerSecond
        givenTimeline = start.map {
            FrameTimeline(start: $0, framesPerSecond: rate, origin: .givenStartAndRate)
        }
        recordedTimeline = UTCInstant(serTicks: shape.header.startTicks).map {
            FrameTimeline(start: $0, framesPerSecond: rate, origin: .recordedStartAndRate)
        }
        pool = FramePool(format: shape.format)
        let notices =
            shape.notices
            + SERRecording.timeNotices(
                stamps: timeStamps, header: shape.header, frameCount: counts.frameCount, hasStart: start != nil)
        description = SourceDescription(
            name: file.path, format: shape.format, framesPerSecond: rate, frameCount: counts.frameCount,
            instrument: shape.header.instrument.isEmpty ? nil : shape.header.instrument,
            telescope: shape.header.telescope.isEmpty ? nil : shape.header.telescope, notices: notices)
    }

    /// The next frame; a recording that lacks frames which its header promises throws after the last whole one.
    public func nextFrame() throws(CameraError) -> Frame? {
        guard !hasEnded else { return nil }
        guard nextIndex < counts.frameCount else {
            hasEnded = true
            guard counts.missingCount > 0 else { return nil }
            throw CameraError(
                .truncated, place: "\(file.path), frame \(nextIndex)",
                message: "the recording ends after \(counts.frameCount) of "
                    + "\(counts.frameCount + counts.missingCount) frames")
        }
        let index = nextIndex
        nextIndex += 1
        do throws(CameraError) {
            let buffer = pool.obtain()
            try readFrame(index, into: buffer)
            return Frame(format: description.format, index: index, time: try time(ofFrame: index), buffer: buffer)
        } catch {
            hasEnded = true
            throw error
        }
    }

    private func readFrame(_ index: Int, into buffer: PixelBuffer) throws(CameraError) {
        let format = description.format
        let offset = SERHeader.byteCount + index * frameByteCount
        try buffer.withMutableBytes { (plane) throws(CameraError) in
            guard let target = plane.baseAddress else { return }
            guard frameByteCount > format.byteCount else {
                // One sample a pixel: the bytes are read where they belong and put in order there.
                let bytes = UnsafeMutableRawBufferPointer(rebasing: plane[..<frameByteCount])
                try read(bytes, at: offset, index)
                if layout != .bytes { RowKernels.unpack(layout, from: target, to: target, count: format.pixelCount) }
                return
            }
            let rowByteCount = layout.byteCount(samples: format.width)
            if rowBuffer.isEmpty { rowBuffer = [UInt8](repeating: 0, count: rowByteCount) }
            for row in 0..<format.height {
                try rowBuffer.withUnsafeMutableBufferPointer { (memory) throws(CameraError) in
                    let bytes = UnsafeMutableRawBufferPointer(memory)
                    try read(bytes, at: offset + row * rowByteCount, index)
                    guard let source = bytes.baseAddress else { return }
                    RowKernels.unpack(
                        layout, from: source, to: target + row * format.width * format.bytesPerSample,
                        count: format.width)
                }
            }
        }
    }

    private func read(_ target: UnsafeMutableRawBufferPointer, at offset: Int, _ index: Int) throws(CameraError) {
        guard try file.read(into: target, at: offset) == target.count else {
            throw CameraError(
                .truncated, place: "\(file.path), frame \(index)", message: "the file has become shorter while read")
        }
    }

    private func time(ofFrame index: Int) throws(CameraError) -> FrameTime? {
        if let givenTimeline { return givenTimeline.time(ofFrame: index) }
        guard let stamp = try timeStamps.instant(ofFrame: index) else { return recordedTimeline?.time(ofFrame: index) }
        recordedTimeline = FrameTimeline(
            start: stamp, firstIndex: index, framesPerSecond: description.framesPerSecond,
            origin: .recordedStartAndRate)
        return FrameTime(
            middleOfExposure: stamp, uncertaintySeconds: description.framesPerSecond.map { 0.5 / $0 },
            origin: .recordedPerFrame)
    }

    private static func timeNotices(
        stamps: SERTimeStamps, header: SERHeader, frameCount: Int, hasStart: Bool
    ) -> [String] {
        guard !hasStart else { return [] }
        var notices: [String] = []
        let utcStart = UTCInstant(serTicks: header.startTicks)
        if stamps.first == nil {
            notices.append(
                utcStart == nil
                    ? "the recording keeps no time" : "the recording keeps its start but no time stamps of frames")
        } else if stamps.count < frameCount {
            notices.append("only \(stamps.count) of \(frameCount) frames have time stamps")
        }
        if stamps.invalidCount > 0, stamps.first != nil {
            notices.append("\(stamps.invalidCount) time stamps are not dates")
        }
        if stamps.backwardCount > 0 { notices.append("time stamps go backwards \(stamps.backwardCount) times") }
        if let first = stamps.first, let utcStart, let localStart = UTCInstant(serTicks: header.localStartTicks),
            abs(first.seconds(since: utcStart)) > 600, abs(first.seconds(since: localStart)) < 600
        {
            notices.append("the time stamps seem to be local time, not UTC: check them and give the start")
        }
        return notices
    }
}
