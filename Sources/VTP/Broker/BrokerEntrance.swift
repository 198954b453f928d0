// SPDX-License-Identifier: Apache-2.0

/// One pair of ports by which a broker is reached.
public struct BrokerEntrance: Sendable {
    /// Where authors connect; port 0 lets the system choose.
    public var submitAddress: VTPAddress
    /// Where subscribers connect; port 0 lets the system choose.
    public var subscribeAddress: VTPAddress
    /// What protects the connections; nil for plain VTP.
    public var shield: (any ConnectionShield)?

    /// An entrance from its parts.
    public init(submitAddress: VTPAddress, subscribeAddress: VTPAddress, shield: (any ConnectionShield)? = nil) {
        self.submitAddress = submitAddress
        self.subscribeAddress = subscribeAddress
        self.shield = shield
    }
}
