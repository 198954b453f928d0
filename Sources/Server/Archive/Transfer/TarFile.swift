// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The part of the tar format that an archive's export needs: plain files with short names.
///
/// - Reference: POSIX.1-1988 `ustar`, as described in pax(1) of POSIX.1-2017.
enum TarFile {
    /// One file.
    struct Entry: Sendable, Hashable {
        let name: String
        let content: Data
    }

    static let blockBytes = 512
    /// Largest file that is read, in bytes: above every event and every index.
    private static let maximumBytes = 256 << 20

    /// Header, content and padding of a file.
    ///
    /// - Parameters:
    ///   - entry: the file; its name has at most 100 bytes of ASCII.
    ///   - modifiedSeconds: time of the last change, in seconds since 1970.
    static func block(_ entry: Entry, modifiedSeconds: Int64) -> Data {
        var header = [UInt8](repeating: 0, count: blockBytes)
        func put(_ text: String, at offset: Int) {
            for (index, byte) in text.utf8.enumerated() { header[offset + index] = byte }
        }
        func octal(_ value: Int64, digits: Int) -> String {
            let text = String(max(0, value), radix: 8)
            return String(repeating: "0", count: max(0, digits - text.count)) + text
        }
        put(entry.name, at: 0)
        put("0000644", at: 100)
        put("0000000", at: 108)
        put("0000000", at: 116)
        put(octal(Int64(entry.content.count), digits: 11), at: 124)
        put(octal(modifiedSeconds, digits: 11), at: 136)
        put("        ", at: 148)
        put("0", at: 156)
        put("ustar", at: 257)
        put("00", at: 263)
        let sum = header.reduce(Int64(0)) { $0 + Int64($1) }
        put(octal(sum, digits: 6) + "\0 ", at: 148)
        let padding = (blockBytes - entry.content.count % blockBytes) % blockBytes
        return Data(header) + entry.content + Data(count: padding)
    }

    /// What ends the file: two empty blocks.
    static let end = Data(count: 2 * blockBytes)

    /// The next file; nil at the end. Entries that are no plain files are passed over.
    ///
    /// - Throws: `notAnExport` if the bytes are not in this format, or the file is cut off.
    static func next(from file: FileHandle, path: String) throws -> Entry? {
        func damaged(_ message: String) -> ServerError {
            ServerError(.notAnExport, place: path, message: message, remedy: "give a file that archive export made")
        }
        while true {
            guard let header = try file.read(upToCount: blockBytes), !header.isEmpty else {
                throw damaged("the file ends without its end mark: it was cut off")
            }
            guard header.count == blockBytes else { throw damaged("the file ends within a header") }
            if header.allSatisfy({ $0 == 0 }) { return nil }
            let bytes = Array(header)
            guard bytes[257..<262].elementsEqual("ustar".utf8), let size = number(bytes[124..<136]),
                (0...maximumBytes).contains(size)
            else { throw damaged("the file is no tar file of the ustar format") }
            let padded = (size + blockBytes - 1) / blockBytes * blockBytes
            let content = padded == 0 ? Data() : try file.read(upToCount: padded) ?? Data()
            guard content.count == padded else { throw damaged("the file ends within an entry: it was cut off") }
            guard bytes[156] == UInt8(ascii: "0") || bytes[156] == 0 else { continue }
            let name = String(decoding: bytes[0..<100].prefix { $0 != 0 }, as: UTF8.self)
            return Entry(name: name, content: content.prefix(size))
        }
    }

    private static func number(_ field: ArraySlice<UInt8>) -> Int? {
        Int(String(decoding: field.prefix { $0 != 0 && $0 != 32 }, as: UTF8.self), radix: 8)
    }
}
