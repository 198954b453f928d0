// SPDX-License-Identifier: Apache-2.0

import CPNG

#if canImport(Glibc)
    import Glibc
#endif

/// Pictures as Portable Network Graphics (ISO/IEC 15948), 8 bits a channel, through libpng.
public enum PNGFile {
    /// Greatest number of pixels that is written: 8192 × 8192.
    public static let maximumPixelCount = 1 << 26

    /// The bytes of a grey PNG file.
    ///
    /// - Throws: `tooLarge` above `maximumPixelCount`, `inputOutput` if libpng fails.
    public static func encode(_ image: GrayscaleImage) throws(CameraError) -> [UInt8] {
        try encode(image.levels, width: image.width, height: image.height, channels: 1)
    }

    /// The bytes of an RGB PNG file.
    ///
    /// - Throws: `tooLarge` above `maximumPixelCount`, `inputOutput` if libpng fails.
    public static func encode(_ image: RGBImage) throws(CameraError) -> [UInt8] {
        try encode(image.channels, width: image.width, height: image.height, channels: 3)
    }

    /// Writes a grey picture; a file of that name is replaced.
    public static func write(_ image: GrayscaleImage, to path: String) throws(CameraError) {
        try write(try encode(image), to: path)
    }

    /// Writes an RGB picture; a file of that name is replaced.
    public static func write(_ image: RGBImage, to path: String) throws(CameraError) {
        try write(try encode(image), to: path)
    }

    private static func encode(
        _ samples: [UInt8], width: Int, height: Int, channels: Int32
    ) throws(CameraError) -> [UInt8] {
        guard width * height <= maximumPixelCount else {
            throw CameraError(
                .tooLarge, place: "\(width) × \(height) picture",
                message: "a PNG file of more than \(maximumPixelCount) pixels is not written")
        }
        var encoded: UnsafeMutablePointer<UInt8>?
        var byteCount = 0
        var message = [CChar](repeating: 0, count: 200)
        let status = cpng_encode(
            samples, UInt32(width), UInt32(height), channels, &encoded, &byteCount, &message, message.count)
        guard status == 0, let encoded else {
            let reason = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            throw CameraError(
                .inputOutput, place: "\(width) × \(height) picture", message: "libpng cannot encode it: \(reason)")
        }
        defer { cpng_free(encoded) }
        return Array(UnsafeBufferPointer(start: encoded, count: byteCount))
    }

    private static func write(_ bytes: [UInt8], to path: String) throws(CameraError) {
        guard let file = fopen(path, "wbe") else {
            throw CameraError(
                .cannotOpen, place: path, message: "cannot be written: \(String(cString: strerror(errno)))")
        }
        let written = fwrite(bytes, 1, bytes.count, file)
        let writeError = errno
        // What stdio still buffers may fail only now, for example on a full disk.
        guard fclose(file) == 0, written == bytes.count else {
            let reason = written == bytes.count ? errno : writeError
            throw CameraError(
                .inputOutput, place: path, message: "writing failed: \(String(cString: strerror(reason)))",
                remedy: reason == ENOSPC ? "free some disk space" : nil)
        }
    }
}
