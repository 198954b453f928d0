// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#endif

/// A regular file that is read at any place.
final class InputFile {
    let path: String
    /// Length when the file was opened, in bytes.
    let byteCount: Int
    private let descriptor: Int32

    init(path: String) throws(CameraError) {
        self.path = path
        // Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
        descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .system(.cannotOpen, place: path, "cannot be opened") }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw CameraError(.cannotOpen, place: path, message: "is not a regular file")
        }
        byteCount = Int(status.st_size)
        _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    }

    deinit { close(descriptor) }

    /// Fills `target` from `offset` on; returns how many bytes there were, fewer only at the end of the file.
    func read(into target: UnsafeMutableRawBufferPointer, at offset: Int) throws(CameraError) -> Int {
        var filled = 0
        while filled < target.count {
            let count = pread(
                descriptor, target.baseAddress.map { $0 + filled }, target.count - filled, off_t(offset + filled))
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw .system(.inputOutput, place: "\(path), byte \(offset + filled)", "cannot be read")
            }
            filled += count
        }
        return filled
    }

    /// The bytes from `offset` on, fewer than `count` only at the end of the file.
    func bytes(count: Int, at offset: Int) throws(CameraError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let filled = try bytes.withUnsafeMutableBufferPointer { (target) throws(CameraError) in
            try read(into: UnsafeMutableRawBufferPointer(target), at: offset)
        }
        bytes.removeLast(count - filled)
        return bytes
    }
}
