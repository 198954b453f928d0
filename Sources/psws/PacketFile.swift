// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A file that could not be read or written.
struct FileFailure: Error, CustomStringConvertible {
    let path: String
    let message: String

    /// The failure of the last system call.
    static func ofSystem(_ path: String) -> FileFailure {
        FileFailure(path: path, message: String(cString: strerror(errno)))
    }

    var description: String { "\(path): \(message)" }
}

/// A file with one packet.
enum PacketFile {
    /// Largest file that is read, in bytes; brokers accept less.
    static let maximumBytes = 16 << 20

    /// The bytes of the file; `-` reads standard input.
    static func read(_ path: String) throws(FileFailure) -> [UInt8] {
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .ofSystem(path) }
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = block.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw .ofSystem(path) }
            guard count > 0 else { return bytes }
            bytes += block[..<count]
            guard bytes.count <= maximumBytes else {
                throw FileFailure(path: path, message: "larger than \(maximumBytes) bytes, which no VOEvent is")
            }
        }
    }
}
