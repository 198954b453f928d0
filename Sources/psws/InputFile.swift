// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// A file that somebody names on the command line.
enum InputFile {
    /// Why a file could not be read.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// All bytes of a file, or of standard input for `-`.
    ///
    /// - Parameter limit: bytes that are read at most; whatever has more is refused, so that endless devices end.
    static func bytes(of path: String, limit: Int) throws(Failure) -> [UInt8] {
        do {
            if path == "-" { return try read(.standardInput, limit: limit) }
            let file = try FileDescriptor.open(FilePath(path), .readOnly)
            return try file.closeAfter { try read(file, limit: limit) }
        } catch let error as Errno {
            throw Failure(description: "cannot be read: \(error)")
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(description: "cannot be read: \(error)")
        }
    }

    private static func read(_ file: FileDescriptor, limit: Int) throws -> [UInt8] {
        let chunkSize = 65_536
        var bytes: [UInt8] = []
        while true {
            let chunk = try [UInt8](unsafeUninitializedCapacity: chunkSize) { buffer, count in
                count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
            }
            if chunk.isEmpty { return bytes }
            bytes += chunk
            guard bytes.count <= limit else {
                throw Failure(description: "has more than \(limit) bytes, which no packet needs")
            }
        }
    }
}
