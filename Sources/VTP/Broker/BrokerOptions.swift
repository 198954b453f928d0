// SPDX-License-Identifier: Apache-2.0

/// What a broker needs to know.
public struct BrokerOptions: Sendable, Hashable {
    /// IVOID of the broker, its name in every message it sends.
    public var identity: String
    /// Where authors connect; port 0 lets the system choose.
    public var submitAddress: VTPAddress
    /// Where subscribers connect; port 0 lets the system choose.
    public var subscribeAddress: VTPAddress
    /// What the broker bears of its peers, and whom it serves.
    public var policy: BrokerPolicy

    /// Options from their parts.
    public init(
        identity: String, submitAddress: VTPAddress, subscribeAddress: VTPAddress, policy: BrokerPolicy = BrokerPolicy()
    ) {
        self.identity = identity
        self.submitAddress = submitAddress
        self.subscribeAddress = subscribeAddress
        self.policy = policy
    }
}
