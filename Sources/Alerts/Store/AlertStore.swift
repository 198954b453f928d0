// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import Propagation
import UTC

/// The memory of the alert service: an SQLite database in the data directory, beside the archive.
///
/// It keeps measurements, since feeds hold a day; the predictions that subscribers know of; and events that are written
/// but not yet with the broker. A step of a prediction's life and the event that tells of it are one commit, so that a
/// crash at any instruction neither forgets an event nor invents a second one.
public struct AlertStore: Sendable {
    /// Name of the database in the data directory.
    public static let fileName = "predictions.sqlite"

    let path: String
    let queue: DatabaseQueue

    /// Opens the store at a path; makes it if it is missing.
    ///
    /// - Throws: `storage`.
    public init(path: String) throws(AlertError) {
        self.path = path
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(5)
            configuration.label = "predictions"
            configuration.prepareDatabase { database in
                try database.execute(sql: "PRAGMA journal_mode = WAL")
                try database.execute(sql: "PRAGMA synchronous = FULL")
            }
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try AlertSchema.migrator.migrate(queue)
        } catch {
            throw AlertStore.failure(path, error, "the store of predictions cannot be opened")
        }
    }

    func reading<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(AlertError) -> Value {
        do { return try await queue.read(body) } catch { throw Self.failure(path, error, "it cannot be read") }
    }

    func writing<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(AlertError) -> Value {
        do { return try await queue.write(body) } catch { throw Self.failure(path, error, "it cannot be written") }
    }

    private static func failure(_ path: String, _ error: any Error, _ what: String) -> AlertError {
        let reason = (error as? DatabaseError)?.message ?? "\(error)"
        return AlertError(.storage, place: path, message: "\(what): \(reason)", remedy: "check the disk")
    }
}
