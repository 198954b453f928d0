// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#endif

/// A file that is written from start to end, with the one exception of headers that are put right at the end.
final class OutputFile {
    let path: String
    private var descriptor: Int32

    /// Makes the file, or empties one that is there.
    init(path: String) throws(CameraError) {
        self.path = path
        descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .system(.cannotOpen, place: path, "cannot be made") }
    }

    deinit {
        if descriptor >= 0 { Glibc.close(descriptor) }
    }

    /// Writes behind what is there.
    func append(_ bytes: UnsafeRawBufferPointer) throws(CameraError) {
        var written = 0
        while written < bytes.count {
            let count = write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
            if count < 0 {
                if errno == EINTR { continue }
                throw .system(.inputOutput, place: path, "cannot be written")
            }
            written += count
        }
    }

    /// Writes behind what is there.
    func append(_ bytes: [UInt8]) throws(CameraError) {
        try bytes.withUnsafeBufferPointer { (bytes) throws(CameraError) in
            try append(UnsafeRawBufferPointer(bytes))
        }
    }

    /// Writes over the first bytes.
    func replaceStart(with bytes: [UInt8]) throws(CameraError) {
        let count = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
        guard count == bytes.count else { throw .system(.inputOutput, place: path, "cannot be written") }
    }

    /// Closes the file and reports what the last writes said.
    func close() throws(CameraError) {
        let closing = descriptor
        descriptor = -1
        guard closing < 0 || Glibc.close(closing) == 0 else {
            throw .system(.inputOutput, place: path, "cannot be written")
        }
    }
}
