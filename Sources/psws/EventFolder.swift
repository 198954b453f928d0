// SPDX-License-Identifier: Apache-2.0

import Glibc
import SystemPackage

/// A directory where received events are kept, one file each.
struct EventFolder: Sendable {
    /// Why an event could not be kept.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Longest file name that is made of an ivorn, without the ending.
    private static let maximumNameLength = 180

    /// The directory.
    let path: FilePath

    /// The directory, made if it is missing.
    init(path: String) throws(Failure) {
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
            throw Failure(description: "\(path): cannot be made: \(Errno(rawValue: errno))")
        }
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw Failure(description: "\(path): not a directory")
        }
        self.path = FilePath(path)
    }

    /// Writes a packet to a file named after its ivorn and on to the disk.
    ///
    /// The same packet again is not written again; another packet of the same name gets a number.
    ///
    /// - Returns: the path of the file.
    func save(_ packet: [UInt8], ivorn: String) throws(Failure) -> String {
        let name = EventFolder.fileName(for: ivorn)
        var number = 1
        while true {
            let file = path.appending(name + (number == 1 ? "" : "~\(number)") + ".xml")
            do {
                try write(packet, to: file)
                return file.string
            } catch Errno.fileExists {
                if (try? InputFile.bytes(of: file.string, limit: packet.count)) == packet { return file.string }
                number += 1
            } catch {
                throw Failure(description: "\(file): cannot be written: \(error)")
            }
        }
    }

    /// A file name for an ivorn: letters, digits and `. - _` stay, all else becomes `_`; never hidden, never a path.
    static func fileName(for ivorn: String) -> String {
        var text = ivorn[...]
        if text.hasPrefix("ivo://") { text = text.dropFirst("ivo://".count) }
        var name = ""
        for scalar in text.unicodeScalars.prefix(maximumNameLength) {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-", "_": name.unicodeScalars.append(scalar)
            case "." where !name.isEmpty: name.append(".")
            default: name.append("_")
            }
        }
        return name.isEmpty ? "event" : name
    }

    private func write(_ packet: [UInt8], to path: FilePath) throws {
        // Exclusive: neither an older file nor a link that someone left here is written over.
        let file = try FileDescriptor.open(
            path, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
            permissions: [.ownerReadWrite, .groupRead, .otherRead])
        do {
            try file.closeAfter {
                try file.writeAll(packet)
                guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
            }
        } catch {
            // Half a packet must not pass for the packet.
            unlink(path.string)
            throw error
        }
    }
}
