// SPDX-License-Identifier: Apache-2.0

/// What a broker needs to know.
public struct BrokerOptions: Sendable, Hashable {
    /// IVOID of the broker, its name in every message it sends.
    public var identity: String
    /// Where authors connect; port 0 lets the system choose.
    public var submitAddress: VTPAddress
    /// Where subscribers connect; port 0 lets the system choose.
    public var subscribeAddress: VTPAddress
    /// What the broker bears of its peers.
    public var limits: BrokerLimits

    /// Options from their parts.
    public init(
        identity: String, submitAddress: VTPAddress, subscribeAddress: VTPAddress, limits: BrokerLimits = BrokerLimits()
    ) {
        self.identity = identity
        self.submitAddress = submitAddress
        self.subscribeAddress = subscribeAddress
        self.limits = limits
    }
}
