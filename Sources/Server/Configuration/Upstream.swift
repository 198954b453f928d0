// SPDX-License-Identifier: Apache-2.0

public import SecureVTP
public import VTP

/// Another broker whose events are taken.
public struct Upstream: Sendable, Hashable {
    /// Its subscribe port.
    public var address: VTPAddress
    /// XPath expressions; events that match any of them are wanted. Empty: all events.
    public var filters: [String]
    /// Whose certificate it may have; nil for plain VTP.
    public var trust: TLSTrust?

    /// An upstream broker from its parts.
    public init(address: VTPAddress, filters: [String] = [], trust: TLSTrust? = nil) {
        self.trust = trust
        self.address = address
        self.filters = filters
    }
}
