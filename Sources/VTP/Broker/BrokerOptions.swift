// SPDX-License-Identifier: Apache-2.0

/// What a broker needs to know.
public struct BrokerOptions: Sendable {
    /// IVOID of the broker, its name in every message it sends.
    public var identity: String
    /// The ports that the broker opens first.
    public var entrance: BrokerEntrance
    /// More ports by which it is reached, for example protected ones.
    public var otherEntrances: [BrokerEntrance]
    /// What the broker bears of its peers, and whom it serves.
    public var policy: BrokerPolicy

    /// Options from their parts.
    public init(
        identity: String, entrance: BrokerEntrance, otherEntrances: [BrokerEntrance] = [],
        policy: BrokerPolicy = BrokerPolicy()
    ) {
        self.identity = identity
        self.entrance = entrance
        self.otherEntrances = otherEntrances
        self.policy = policy
    }

    /// Options of a broker that speaks plain VTP only.
    public init(
        identity: String, submitAddress: VTPAddress, subscribeAddress: VTPAddress, policy: BrokerPolicy = BrokerPolicy()
    ) {
        self.init(
            identity: identity,
            entrance: BrokerEntrance(submitAddress: submitAddress, subscribeAddress: subscribeAddress), policy: policy)
    }
}
