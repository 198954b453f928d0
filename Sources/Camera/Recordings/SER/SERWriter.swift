// SPDX-License-Identifier: Apache-2.0

import UTC

/// Writes a SER recording, version 3: monochrome or mosaic, 8 to 16 bits, with time stamps if every frame has a time.
///
/// Samples stand in the machine's byte order. The header's flag for it is set as most programs understand it, see
/// `SERByteOrder`.
///
/// - Reference: H. Kaiser, G. Hahn, "SER format description version 3" (2014).
public final class SERWriter: RecordingWriter {
    private let file: OutputFile
    private let format: FrameFormat
    private var header: SERHeader
    private var frameCount = 0
    private var timeStamps: [Int64] = []
    private var isFinished = false

    /// Makes the file, or empties one that is there.
    ///
    /// - Parameters:
    ///   - path: where.
    ///   - format: shape of the frames.
    ///   - observer: who recorded; at most 40 bytes are kept of this and the next two.
    ///   - instrument: the camera.
    ///   - telescope: the telescope.
    public init(
        path: String, format: FrameFormat, observer: String = "", instrument: String = "", telescope: String = ""
    ) throws(CameraError) {
        self.format = format
        header = SERHeader(
            colorID: SERColorID(format.colorFilter), format: format, observer: observer, instrument: instrument,
            telescope: telescope)
        file = try OutputFile(path: path)
        try file.append(header.bytes)
    }

    /// Writes a frame of the format given at the start.
    public func append(_ frame: Frame) throws(CameraError) {
        guard !isFinished, frameCount < Int32.max else {
            throw CameraError(.inputOutput, place: file.path, message: "the recording takes no further frames")
        }
        guard frame.format == format else {
            throw CameraError(
                .damaged, place: "\(file.path), frame \(frame.index)", message: "the frames change their size or depth")
        }
        try frame.withBytes { (bytes) throws(CameraError) in try file.append(bytes) }
        frameCount += 1
        if let time = frame.time { timeStamps.append(time.middleOfExposure.serTicks) }
    }

    /// Writes the time stamps and the number of frames and closes the file.
    public func finish() throws(CameraError) {
        guard !isFinished else { return }
        isFinished = true
        if timeStamps.count == frameCount, let first = timeStamps.first {
            try file.append(timeStamps.flatMap { ticks in withUnsafeBytes(of: ticks.littleEndian) { Array($0) } })
            header.startTicks = first
            // The observer's time zone is not known here.
            header.localStartTicks = first
        }
        header.frameCount = Int32(frameCount)
        try file.replaceStart(with: header.bytes)
        try file.close()
    }
}
