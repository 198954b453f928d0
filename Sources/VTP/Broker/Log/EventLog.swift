// SPDX-License-Identifier: Apache-2.0

import UTC

/// Place of an event in a log: 1 for the first, always growing, never used twice; 0 stands before the first.
public typealias EventSequence = Int64

/// The broker's memory: an append-only log of events, whose order all readers share.
///
/// The broker knows its store by these operations alone, so that an embedded database can give way to a log
/// that several brokers share.
public protocol EventLog: Sendable {
    /// The place of a stored event whose VOEvent element has the same bytes, or nil.
    func find(_ event: LoggedEvent) async throws -> EventSequence?

    /// Makes the event durable, unless an event with the same VOEvent element is stored already.
    ///
    /// When this returns the event survives a power cut. Two appends of one event, even at the same time, store
    /// one.
    ///
    /// - Throws: if the event could not be made durable; then it is not in the log.
    func append(_ event: LoggedEvent) async throws -> AppendResult

    /// Events from `sequence` on (included), in order: at most `limit` of them, and no more once they have
    /// `maximumBytes` together, but at least one if there is one.
    func events(from sequence: EventSequence, limit: Int, maximumBytes: Int) async throws -> [StoredEvent]

    /// The place before which nothing stands that was received after `time`: where a reader begins that knows all up
    /// to then. The place after the newest if nothing was received since.
    func firstSequence(receivedAfter time: UTCInstant) async throws -> EventSequence

    /// The place of the newest event, 0 if there is none.
    func newestSequence() async throws -> EventSequence

    /// Tells of the log's growth: yields the newest place now and whenever it has changed.
    ///
    /// A slow reader misses intermediate values, never the last; it then reads from where it stands.
    func tail() -> AsyncStream<EventSequence>
}
