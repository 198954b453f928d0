// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A directory where received events are kept, one file each.
struct EventFolder: Sendable {
    /// Longest file name that is made of an ivorn, without the ending.
    private static let maximumNameLength = 180

    /// Path of the directory.
    let path: String

    /// The directory, made if it is missing.
    init(path: String) throws(FileFailure) {
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw .ofSystem(path) }
        var status = stat()
        guard stat(path, &status) == 0 else { throw .ofSystem(path) }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw FileFailure(path: path, message: "not a directory") }
        self.path = path
    }

    /// Writes a packet to a file named after its ivorn and on to the disk.
    ///
    /// The same packet again is not written again; another packet of the same name gets a number.
    ///
    /// - Returns: the path of the file.
    func save(_ packet: [UInt8], ivorn: String) throws(FileFailure) -> String {
        let name = EventFolder.fileName(for: ivorn)
        var number = 1
        while true {
            let file = path + "/" + name + (number == 1 ? "" : "~\(number)") + ".xml"
            // O_EXCL: neither an older file nor a link that someone left here is written over.
            let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
            if descriptor >= 0 {
                try write(packet, to: descriptor, file: file)
                return file
            }
            guard errno == EEXIST else { throw .ofSystem(file) }
            if (try? PacketFile.read(file)) == packet { return file }
            number += 1
        }
    }

    /// A file name for an ivorn: letters, digits and `. - _ ~` stay, all else becomes `_`; never hidden, never a path.
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

    private func write(_ packet: [UInt8], to descriptor: Int32, file: String) throws(FileFailure) {
        defer { close(descriptor) }
        var rest = packet[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else {
                let failure = FileFailure.ofSystem(file)
                unlink(file)
                throw failure
            }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0 else { throw .ofSystem(file) }
    }
}
