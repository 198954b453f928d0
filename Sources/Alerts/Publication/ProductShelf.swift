// SPDX-License-Identifier: Apache-2.0

import Foundation
public import UTC

/// The predicted series of every run, as files in a plain directory that a web server can show.
public struct ProductShelf: Sendable {
    /// The directory.
    public let directory: String
    /// Address under which the directory is seen from outside; nil if it is not.
    public let baseURL: String?
    /// How long files are kept, in seconds.
    public let retentionSeconds: Double

    /// A shelf; the directory is made when something is put there.
    public init(directory: String, baseURL: String?, retentionSeconds: Double) {
        self.directory = directory
        self.baseURL = baseURL.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
        self.retentionSeconds = retentionSeconds
    }

    /// What names of files end in, before the extension, that are written anew with every round.
    public static let latest = "latest"

    /// Address of a file; nil if the directory is not seen from outside.
    func address(of name: String) -> String? { baseURL.map { "\($0)/\(name)" } }

    /// Puts a file there, whole or not at all, and durable; one of the same name is replaced.
    ///
    /// - Parameters:
    ///   - name: letters, digits, `.`, `-` and `_`.
    ///   - content: its bytes.
    /// - Throws: `storage`.
    func put(_ name: String, _ content: [UInt8]) throws(AlertError) {
        let path = "\(directory)/\(name)"
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            let temporary = path + ".new"
            FileManager.default.createFile(atPath: temporary, contents: nil)
            let file = try FileHandle(forWritingTo: URL(fileURLWithPath: temporary))
            try file.write(contentsOf: Data(content))
            try file.synchronize()
            try file.close()
            guard rename(temporary, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
        } catch {
            throw AlertError(
                .storage, place: path, message: "the file cannot be written", remedy: "make room, or look at its rights"
            )
        }
    }

    /// Removes files that are older than they are to be kept.
    func clear(now: UTCInstant) {
        let manager = FileManager.default
        for name in (try? manager.contentsOfDirectory(atPath: directory)) ?? [] {
            let path = "\(directory)/\(name)"
            guard let changed = try? manager.attributesOfItem(atPath: path)[.modificationDate] as? Date,
                now.secondsSince1970 - changed.timeIntervalSince1970 > retentionSeconds
            else { continue }
            try? manager.removeItem(atPath: path)
        }
    }
}
