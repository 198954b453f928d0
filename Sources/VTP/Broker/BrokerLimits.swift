// SPDX-License-Identifier: Apache-2.0

/// What a broker bears of its peers; every limit has a default that a small centre can live with.
public struct BrokerLimits: Sendable, Hashable {
    /// Largest event that is accepted, in bytes.
    public var maximumEventBytes = 1 << 20
    /// Largest message that is accepted from a subscriber, in bytes.
    public var maximumSubscriberMessageBytes = 1 << 16
    /// Time an author has for sending a whole event, from the connection or the last answer on.
    public var authorTimeoutSeconds = 20
    /// Time between two signs of life asked of a subscriber; VTP wants one after at most 90 s of silence.
    public var aliveIntervalSeconds = 60
    /// Authors served at a time; more are turned away.
    public var maximumAuthors = 256
    /// Subscribers served at a time; more are turned away.
    public var maximumSubscribers = 1024
    /// Bytes that may wait in memory for one subscriber; one that does not take them is fed from the log later.
    public var maximumQueuedBytesPerSubscriber = 512 << 10
    /// Events by which a subscriber may fall behind before it is disconnected; those that it asked for do not count.
    public var maximumSubscriberLag = 100_000
    /// Filters that one subscriber may ask for.
    public var maximumFiltersPerSubscriber = 16
    /// Time that a filter may take for one event before it is struck off, in seconds.
    public var maximumFilterSeconds = 0.1

    /// The default limits.
    public init() {}
}
