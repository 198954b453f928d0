// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#endif

/// Bytes that come one after the other and only once: a pipe, standard input, or a file read like one.
final class ByteStream {
    /// A line, or why there is none.
    enum Line {
        /// The bytes before the line feed.
        case whole([UInt8])
        /// More bytes than allowed without a line feed.
        case tooLong
        /// The stream ended after these bytes, without a line feed.
        case cut([UInt8])
    }

    let name: String
    private let descriptor: Int32
    private let closesDescriptor: Bool
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)
    private var start = 0
    private var end = 0

    /// The stream of an open descriptor, which stays open.
    init(descriptor: Int32, name: String) {
        self.descriptor = descriptor
        self.name = name
        closesDescriptor = false
    }

    /// The stream of a file, pipe or device; opening a pipe waits until somebody writes to it.
    init(path: String) throws(CameraError) {
        name = path
        descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        closesDescriptor = true
        guard descriptor >= 0 else { throw .system(.cannotOpen, place: path, "cannot be opened") }
    }

    deinit {
        if closesDescriptor, descriptor >= 0 { close(descriptor) }
    }

    /// Up to `count` bytes (at most 65 536) that stay in the stream; fewer only if it ends before.
    func peek(_ count: Int) throws(CameraError) -> [UInt8] {
        while end - start < count, try refill() {}
        return Array(buffer[start..<min(end, start + count)])
    }

    /// The next line of at most `limit` bytes.
    func line(limit: Int) throws(CameraError) -> Line {
        var line: [UInt8] = []
        while true {
            if start == end, try !refill() { return .cut(line) }
            let byte = buffer[start]
            if byte == UInt8(ascii: "\n") {
                start += 1
                return .whole(line)
            }
            guard line.count < limit else { return .tooLong }
            line.append(byte)
            start += 1
        }
    }

    /// Fills `target`; returns how many bytes there were, fewer only at the end of the stream.
    func read(into target: UnsafeMutableRawBufferPointer) throws(CameraError) -> Int {
        var filled = min(end - start, target.count)
        buffer.withUnsafeBytes {
            target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[start..<start + filled]))
        }
        start += filled
        while filled < target.count {
            let count = try fill(UnsafeMutableRawBufferPointer(rebasing: target[filled...]))
            if count == 0 { break }
            filled += count
        }
        return filled
    }

    /// Passes over `count` bytes; returns how many there were, fewer only at the end of the stream.
    func skip(_ count: Int) throws(CameraError) -> Int {
        var skipped = 0
        while skipped < count {
            if start == end, try !refill() { break }
            let step = min(end - start, count - skipped)
            start += step
            skipped += step
        }
        return skipped
    }

    /// Reads more into the buffer; false at the end of the stream.
    private func refill() throws(CameraError) -> Bool {
        if start > 0 {
            buffer.withUnsafeMutableBytes { bytes in
                let rest = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[start..<end])
                bytes.copyMemory(from: rest)
            }
            end -= start
            start = 0
        }
        guard end < buffer.count else { return false }
        let first = end
        let count = try buffer.withUnsafeMutableBufferPointer { (bytes) throws(CameraError) in
            try fill(UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(bytes)[first...]))
        }
        end += count
        return count > 0
    }

    /// One read of the operating system; 0 at the end of the stream.
    private func fill(_ target: UnsafeMutableRawBufferPointer) throws(CameraError) -> Int {
        while true {
            let count = Glibc.read(descriptor, target.baseAddress, target.count)
            if count >= 0 { return count }
            guard errno == EINTR else { throw .system(.inputOutput, place: name, "cannot be read") }
        }
    }
}
