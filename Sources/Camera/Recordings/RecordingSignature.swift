// SPDX-License-Identifier: Apache-2.0

/// What a file is by its first bytes, whatever its name says.
enum RecordingSignature: Equatable {
    case ser
    case fits
    case y4m
    /// A video in a container that FFmpeg reads; its name.
    case video(String)
    /// A picture of another format; its name.
    case picture(String)
    /// Compressed bytes; the program that unpacks them.
    case compressed(String)
    /// Readable text.
    case text
    case empty
    case unknown

    /// Bytes that are enough to tell all of them apart.
    static let peekLength = 64

    /// Looks at the first bytes of a file.
    init(_ bytes: [UInt8]) {
        func begins(_ text: String, at offset: Int = 0) -> Bool {
            bytes.dropFirst(offset).starts(with: Array(text.utf8))
        }
        func begins(_ start: [UInt8]) -> Bool { bytes.starts(with: start) }
        if bytes.isEmpty {
            self = .empty
        } else if bytes.starts(with: SERHeader.fileID) {
            self = .ser
        } else if begins("SIMPLE  =") {
            self = .fits
        } else if bytes.starts(with: Y4MHeader.magic) {
            self = .y4m
        } else if begins("RIFF"), begins("AVI", at: 8) {
            self = .video("AVI video")
        } else if begins("ftyp", at: 4) {
            self = .video("MP4 or MOV video")
        } else if begins([0x1A, 0x45, 0xDF, 0xA3]) {
            self = .video("Matroska or WebM video")
        } else if begins("FLV") {
            self = .video("Flash video")
        } else if begins([0, 0, 1, 0xBA]) || begins([0, 0, 1, 0xB3]) {
            self = .video("MPEG video")
        } else if begins([0x30, 0x26, 0xB2, 0x75]) {
            self = .video("Windows Media video")
        } else if begins("GIF8") {
            self = .picture("GIF picture")
        } else if begins([0x89, 0x50, 0x4E, 0x47]) {
            self = .picture("PNG picture")
        } else if begins([0xFF, 0xD8, 0xFF]) {
            self = .picture("JPEG picture")
        } else if begins([0x49, 0x49, 0x2A, 0]) || begins([0x4D, 0x4D, 0, 0x2A]) {
            self = .picture("TIFF picture")
        } else if begins("RIFF"), begins("WEBP", at: 8) {
            self = .picture("WebP picture")
        } else if begins([0x1F, 0x8B]) {
            self = .compressed("gunzip")
        } else if begins("BZh") {
            self = .compressed("bunzip2")
        } else if begins([0xFD, 0x37, 0x7A, 0x58, 0x5A]) {
            self = .compressed("unxz")
        } else if begins([0x28, 0xB5, 0x2F, 0xFD]) {
            self = .compressed("unzstd")
        } else if begins("PK") {
            self = .compressed("unzip")
        } else if bytes.allSatisfy({ (32...126).contains($0) || (9...13).contains($0) }) {
            self = .text
        } else {
            self = .unknown
        }
    }

    /// The error for content that is not read here.
    func refusal(place: String, expected: String) -> CameraError {
        let message: String
        var remedy: String?
        switch self {
        case .ser, .fits:
            message = "is a \(self == .ser ? "SER" : "FITS") recording, not \(expected)"
            remedy = "give the file by its name"
        case .y4m:
            message = "is a YUV4MPEG2 stream, not \(expected)"
        case .video(let name):
            message = "is a \(name), not \(expected)"
            remedy = "convert it: ffmpeg -i \(place) -f yuv4mpegpipe - | psws-agent replay -"
        case .picture(let name):
            message = "is a \(name), not \(expected)"
            remedy = "convert a sequence: ffmpeg -i NAME%04d -f yuv4mpegpipe - | psws-agent replay -"
        case .compressed(let program):
            message = "is compressed"
            remedy = "unpack it with \(program)"
        case .text:
            message = "is text, not \(expected)"
        case .empty:
            message = "is empty"
        case .unknown:
            message = "is not \(expected)"
        }
        return CameraError(.unknownFormat, place: place, message: message, remedy: remedy)
    }
}
