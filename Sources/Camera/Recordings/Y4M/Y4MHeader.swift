// SPDX-License-Identifier: Apache-2.0

/// The first line of a YUV4MPEG2 stream: shape, rate and chrominance.
///
/// - Reference: yuv4mpeg(5) of the mjpegtools; the depths above 8 bits as FFmpeg writes them.
struct Y4MHeader: Equatable {
    /// The first bytes of every stream.
    static let magic = Array("YUV4MPEG2 ".utf8)
    /// Longest header or frame line that is accepted, in bytes.
    static let maximumLineLength = 4096

    /// Shape of the luminance plane.
    let format: FrameFormat
    /// Bytes of chrominance and transparency behind the luminance of each frame.
    let chromaByteCount: Int
    /// Frames per second; nil if the stream does not say.
    let framesPerSecond: Double?
    /// True if the lines of a frame come from two moments.
    let isInterlaced: Bool

    /// Reads the line, which is given without its line feed.
    init(line: [UInt8], place: String) throws(CameraError) {
        var values: [Character: String] = [:]
        for word in String(decoding: line, as: UTF8.self).split(separator: " ").dropFirst() {
            // Comments and extensions may stand several times; of the rest the last counts.
            if let tag = word.first { values[tag] = String(word.dropFirst()) }
        }
        guard let width = values["W"].flatMap({ Int($0) }), let height = values["H"].flatMap({ Int($0) }) else {
            throw CameraError(.damaged, place: place, message: "the YUV4MPEG2 header lacks its width or height")
        }
        let name = values["C"] ?? "420jpeg"
        guard let chroma = Y4MChroma(name) else {
            throw CameraError(
                .unsupported, place: place, message: "the YUV4MPEG2 colour space C\(name.prefix(32)) is unknown",
                remedy: "convert with ffmpeg -pix_fmt gray")
        }
        guard let format = FrameFormat(width: width, height: height, bitsPerSample: chroma.bitsPerSample) else {
            throw CameraError(.damaged, place: place, message: "a frame of \(width)×\(height) pixels is impossible")
        }
        self.format = format
        chromaByteCount = chroma.byteCount(for: format)
        framesPerSecond = values["F"].flatMap(Y4MHeader.rate)
        isInterlaced = ["t", "b", "m"].contains(values["I"] ?? "")
    }

    /// A rate like `30000:1001`; nil for the unknown rate `0:0` and for nonsense.
    private static func rate(_ text: String) -> Double? {
        let parts = text.split(separator: ":").map { Int32($0) }
        guard parts.count == 2, let numerator = parts[0], let denominator = parts[1], numerator > 0, denominator > 0
        else { return nil }
        return Double(numerator) / Double(denominator)
    }
}
