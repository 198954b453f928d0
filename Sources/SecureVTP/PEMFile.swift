// SPDX-License-Identifier: Apache-2.0

import NIOSSL
import SystemPackage
import VTP

/// A file of certificates or keys in PEM (RFC 7468), read so that every mistake has its place.
struct PEMFile {
    /// One text between `BEGIN` and `END`.
    struct Block {
        /// What it says that it is, for example `CERTIFICATE`.
        let label: String
        /// Line of its `BEGIN`, from 1.
        let line: Int
        /// The block with its first and last line.
        let bytes: [UInt8]
    }

    /// Bytes that are read at most: the certificate authorities of a whole system have a quarter of that.
    private static let maximumBytes = 1 << 20

    let path: String
    let blocks: [Block]

    /// Reads a file.
    ///
    /// - Throws: `badCertificate`, if it cannot be read or a block does not end.
    init(path: String) throws(VTPError) {
        self.path = path
        let bytes = try PEMFile.bytes(of: path)
        var blocks: [Block] = []
        var open: (label: String, line: Int, text: String)?
        for (index, line) in String(decoding: bytes, as: UTF8.self).split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline
        ).enumerated() {
            if let label = PEMFile.label(of: line, after: "-----BEGIN ") { open = (label, index + 1, "") }
            open?.text += line + "\n"
            if let block = open, PEMFile.label(of: line, after: "-----END ") == block.label {
                blocks.append(Block(label: block.label, line: block.line, bytes: Array(block.text.utf8)))
                open = nil
            }
        }
        self.blocks = blocks
        if let open { throw mistake("the block \(open.label.printable) has no end", line: open.line) }
    }

    /// A mistake in this file.
    func mistake(_ message: String, line: Int? = nil, remedy: String? = nil) -> VTPError {
        VTPError(
            .badCertificate, place: path + (line.map { ":\($0)" } ?? ""), message: message, remedy: remedy)
    }

    private static func label(of line: Substring, after start: String) -> String? {
        let end = "-----"
        guard line.hasPrefix(start), line.hasSuffix(end), line.count > start.count + end.count else { return nil }
        return String(line.dropFirst(start.count).dropLast(end.count))
    }

    private static func bytes(of path: String) throws(VTPError) -> [UInt8] {
        do {
            let file = try FileDescriptor.open(FilePath(path), .readOnly, options: [.nonBlocking, .closeOnExec])
            return try file.closeAfter {
                var bytes = [UInt8](repeating: 0, count: maximumBytes + 1)
                var count = 0
                while count <= maximumBytes {
                    let read = try bytes.withUnsafeMutableBytes { buffer in
                        try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
                    }
                    guard read > 0 else { return Array(bytes[..<count]) }
                    count += read
                }
                throw VTPError(.badCertificate, place: path, message: "the file has more than \(maximumBytes) bytes")
            }
        } catch {
            throw error as? VTPError
                ?? VTPError(.badCertificate, place: path, message: "the file cannot be read: \(error)")
        }
    }
}
