// SPDX-License-Identifier: Apache-2.0

/// What a subscriber needs to know.
public struct SubscriberOptions: Sendable, Hashable {
    /// The broker's subscribe port.
    public var broker: VTPAddress
    /// IVOID under which the subscriber answers; brokers do not require that it is registered.
    public var identity: String
    /// XPath 1.0 expressions; the broker sends events that match any of them. Empty: all events.
    ///
    /// Filters are Comet's extension of VTP; a broker that does not know them sends everything.
    public var filters: [String]
    /// Time for the connection to be made.
    public var connectTimeoutSeconds: Int
    /// Silence after which the broker is taken for lost. Brokers give a sign of life at least every 90 s (VTP 2.0 §5).
    public var silenceSeconds: Int
    /// Largest message that is read, in bytes.
    public var maximumMessageBytes: Int
    /// Waits between connections.
    public var backoff: ReconnectBackoff
    /// True if a broker that cannot be reached at the start is an error, as a person at a terminal expects.
    public var firstConnectionMustSucceed: Bool

    /// Options with the field's usual limits.
    public init(
        broker: VTPAddress, identity: String, filters: [String] = [], connectTimeoutSeconds: Int = 10,
        silenceSeconds: Int = 120, maximumMessageBytes: Int = 1 << 20, backoff: ReconnectBackoff = ReconnectBackoff(),
        firstConnectionMustSucceed: Bool = false
    ) {
        self.broker = broker
        self.identity = identity
        self.filters = filters
        self.connectTimeoutSeconds = connectTimeoutSeconds
        self.silenceSeconds = silenceSeconds
        self.maximumMessageBytes = maximumMessageBytes
        self.backoff = backoff
        self.firstConnectionMustSucceed = firstConnectionMustSucceed
    }
}
