// SPDX-License-Identifier: Apache-2.0

/// One line of an export's index: what the archive knows of an event and its packet does not say.
struct ExportIndexLine: Codable, Sendable, Hashable {
    /// Name of the file with the packet.
    let file: String
    /// Place in the archive that was exported.
    let sequence: Int64
    /// The event's identifier, for people.
    let ivorn: String
    /// When it was received, nanoseconds since 1970-01-01T00:00:00Z.
    let received_ns: Int64
}
