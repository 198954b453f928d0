// SPDX-License-Identifier: Apache-2.0

import Foundation
import UTC
import VTP

/// What an import has done.
public struct ImportOutcome: Sendable, Hashable {
    /// Events that were new.
    public internal(set) var stored = 0
    /// Events that were in the archive already.
    public internal(set) var known = 0
    /// Files that are no events, each with the reason.
    public internal(set) var refused: [String] = []
}

extension EventArchive {
    /// Takes all events from a tar file that `export` has made, in its order, with the times at which they were
    /// received. Events that are here already stay as they are.
    ///
    /// - Throws: `notAnExport` if the file is not one or was cut off; `cannotStore`. What was taken before stays.
    public func importEvents(from path: String) async throws -> ImportOutcome {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw ServerError(.notAnExport, place: path, message: "the file cannot be read")
        }
        defer { try? file.close() }
        var outcome = ImportOutcome()
        var received: [String: UTCInstant] = [:]
        var group: [ArchivableEvent] = []
        while let entry = try TarFile.next(from: file, path: path) {
            if entry.name.hasPrefix("index/") {
                received = try EventArchive.times(in: entry, path: path)
                continue
            }
            guard entry.name.hasPrefix("events/"), let time = received[entry.name] else {
                outcome.refused.append("\(entry.name.printable): the index does not list it")
                continue
            }
            do throws(VTPError) {
                group.append(ArchivableEvent(try LoggedEvent(parsing: Array(entry.content), received: time)))
            } catch {
                outcome.refused.append("\(entry.name.printable): \(error)")
            }
            if group.count == EventArchive.exportGroup { try take(&group, into: &outcome) }
        }
        try take(&group, into: &outcome)
        return outcome
    }

    private func take(_ group: inout [ArchivableEvent], into outcome: inout ImportOutcome) throws(ServerError) {
        for result in store(group) {
            switch try result.get() {
            case .stored: outcome.stored += 1
            case .alreadyStored: outcome.known += 1
            }
        }
        group = []
    }

    private static func times(in index: TarFile.Entry, path: String) throws(ServerError) -> [String: UTCInstant] {
        var times: [String: UTCInstant] = [:]
        for line in index.content.split(separator: UInt8(ascii: "\n")) {
            guard let read = try? JSONDecoder().decode(ExportIndexLine.self, from: Data(line)) else {
                throw ServerError(
                    .notAnExport, place: "\(path): \(index.name.printable)",
                    message: "a line of the index cannot be read")
            }
            times[read.file] = UTCInstant(nanosecondsSince1970: read.received_ns)
        }
        return times
    }
}
