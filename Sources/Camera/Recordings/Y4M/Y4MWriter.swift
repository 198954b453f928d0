// SPDX-License-Identifier: Apache-2.0

/// Writes a monochrome YUV4MPEG2 file as FFmpeg does and reads: 8, 9, 10, 12 or 16 bits.
///
/// A mosaic is written as it is; the file does not keep its colour order, nor the times of the frames.
///
/// - Reference: yuv4mpeg(5) of the mjpegtools; the depths above 8 bits as FFmpeg writes them.
public final class Y4MWriter: RecordingWriter {
    private let file: OutputFile
    private let format: FrameFormat
    private var isFinished = false

    /// Makes the file, or empties one that is there.
    ///
    /// - Parameters:
    ///   - path: where.
    ///   - format: shape of the frames.
    ///   - framesPerSecond: rate; a rate near a whole number times 1000/1001 is written as that fraction.
    /// - Throws: `CameraError` if the depth has no name in YUV4MPEG2, the rate is impossible or the file cannot be made.
    public init(path: String, format: FrameFormat, framesPerSecond: Double) throws(CameraError) {
        self.format = format
        let name: String
        switch format.bitsPerSample {
        case 8: name = "mono"
        case 9, 10, 12, 16: name = "mono\(format.bitsPerSample)"
        default:
            throw CameraError(
                .unsupported, place: path, message: "YUV4MPEG2 has no samples of \(format.bitsPerSample) bits",
                remedy: "write a SER file")
        }
        guard let (numerator, denominator) = Y4MWriter.fraction(framesPerSecond) else {
            throw CameraError(
                .unsupported, place: path, message: "\(framesPerSecond) frames per second cannot be written")
        }
        file = try OutputFile(path: path)
        let line = "W\(format.width) H\(format.height) F\(numerator):\(denominator) Ip A1:1 C\(name)\n"
        try file.append(Y4MHeader.magic + Array(line.utf8))
    }

    /// Writes a frame of the format given at the start.
    public func append(_ frame: Frame) throws(CameraError) {
        guard !isFinished else {
            throw CameraError(.inputOutput, place: file.path, message: "the recording is already finished")
        }
        guard frame.format == format else {
            throw CameraError(
                .damaged, place: "\(file.path), frame \(frame.index)", message: "the frames change their size or depth")
        }
        try file.append(Array("FRAME\n".utf8))
        try frame.withBytes { (bytes) throws(CameraError) in
            guard format.bytesPerSample == 2, UInt16(1).littleEndian != 1 else { return try file.append(bytes) }
            try file.append(bytes.indices.map { bytes[$0 ^ 1] })
        }
    }

    /// Closes the file.
    public func finish() throws(CameraError) {
        guard !isFinished else { return }
        isFinished = true
        try file.close()
    }

    private static func fraction(_ rate: Double) -> (Int, Int)? {
        guard rate >= 1e-6, rate <= 1e6 else { return nil }
        let whole = rate.rounded()
        if rate == whole { return (Int(whole), 1) }
        let film = (rate * 1.001).rounded()
        if abs(film / 1.001 - rate) < 1e-4 * rate { return (Int(film) * 1000, 1001) }
        // A millionth of a frame per second is enough for anything else, and fits the 32 bits of other readers.
        let denominator = rate < 1000 ? 1_000_000 : 1000
        let numerator = Int((rate * Double(denominator)).rounded())
        return numerator > 0 ? (numerator, denominator) : nil
    }
}
