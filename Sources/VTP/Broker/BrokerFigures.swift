// SPDX-License-Identifier: Apache-2.0

/// How a broker does at one moment.
public struct BrokerFigures: Sendable, Hashable {
    /// Authors that are connected.
    public let authors: Int
    /// Subscribers that are connected.
    public let subscribers: Int
    /// What became of events since the broker began, by the way on which they came.
    public let acceptances: [EventWay: AcceptanceCounts]
    /// Why the newest event that should be stored was not; nil if it was.
    public let storageFailure: String?
}
