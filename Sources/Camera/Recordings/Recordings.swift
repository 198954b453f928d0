// SPDX-License-Identifier: Apache-2.0

import UTC

#if canImport(Glibc)
    import Glibc
#endif

/// Opens recordings by what they contain, not by what they are called.
public enum Recordings {
    /// Opens a recording.
    ///
    /// - Parameters:
    ///   - paths: one SER, FITS or YUV4MPEG2 file; or several FITS images in the order of their time; or `-` for
    ///     YUV4MPEG2 on standard input. A pipe or a device is read as YUV4MPEG2.
    ///   - start: time of the first frame, in place of what the recording says.
    ///   - framesPerSecond: rate for a recording that does not show its own, above 0.
    /// - Throws: `CameraError` for a file that is missing, a directory, empty, unreadable or nothing PSWS reads; it
    ///   names the file and, for a video or picture, the program that converts it.
    public static func open(
        paths: [String], start: UTCInstant? = nil, framesPerSecond: Double? = nil
    ) throws(CameraError) -> any FrameSource {
        guard let first = paths.first else {
            throw CameraError(.cannotOpen, place: "recording", message: "no file is given")
        }
        if let framesPerSecond, !(framesPerSecond > 0 && framesPerSecond <= 1e6) {
            throw CameraError(
                .unsupported, place: first, message: "a rate of \(framesPerSecond) frames per second is impossible")
        }
        guard paths.count == 1 else {
            return try sequence(paths, start: start, framesPerSecond: framesPerSecond)
        }
        if first == "-" {
            guard isatty(0) == 0 else {
                throw CameraError(
                    .cannotOpen, place: "standard input", message: "is a terminal, not a YUV4MPEG2 stream",
                    remedy: "ffmpeg -i FILE -f yuv4mpegpipe - | psws-agent replay -")
            }
            return try Y4MStream(path: first, start: start, framesPerSecond: framesPerSecond)
        }
        guard try isRegularFile(first) else {
            return try Y4MStream(path: first, start: start, framesPerSecond: framesPerSecond)
        }
        let file = try InputFile(path: first)
        let signature = RecordingSignature(try file.bytes(count: RecordingSignature.peekLength, at: 0))
        switch signature {
        case .ser: return try SERRecording(file: file, start: start, framesPerSecond: framesPerSecond)
        case .fits: return try FITSRecording(paths: paths, start: start, framesPerSecond: framesPerSecond)
        case .y4m: return try Y4MStream(path: first, start: start, framesPerSecond: framesPerSecond)
        default: throw signature.refusal(place: first, expected: "a SER, FITS or YUV4MPEG2 recording")
        }
    }

    private static func sequence(
        _ paths: [String], start: UTCInstant?, framesPerSecond: Double?
    ) throws(CameraError) -> any FrameSource {
        // All files are looked at first: an error after hours of images would come late.
        for path in paths {
            guard try isRegularFile(path) else {
                throw CameraError(.cannotOpen, place: path, message: "a pipe cannot be part of a sequence of files")
            }
            let signature = RecordingSignature(
                try InputFile(path: path).bytes(count: RecordingSignature.peekLength, at: 0))
            switch signature {
            case .fits: continue
            case .ser, .y4m:
                throw CameraError(
                    .unsupported, place: path, message: "only FITS images can be given as a sequence of files",
                    remedy: "give one recording at a time")
            default: throw signature.refusal(place: path, expected: "a FITS image")
            }
        }
        return try FITSRecording(paths: paths, start: start, framesPerSecond: framesPerSecond)
    }

    /// False for pipes and devices, which are read once; throws if there is nothing or a directory.
    private static func isRegularFile(_ path: String) throws(CameraError) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .system(.cannotOpen, place: path, "cannot be opened") }
        if status.st_mode & S_IFMT == S_IFDIR {
            throw CameraError(
                .cannotOpen, place: path, message: "is a directory",
                remedy: "give files; for a sequence of FITS images \(path.hasSuffix("/") ? path : path + "/")*.fits")
        }
        return status.st_mode & S_IFMT == S_IFREG
    }
}
