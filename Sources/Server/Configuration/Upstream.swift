// SPDX-License-Identifier: Apache-2.0

import VTP

/// Another broker whose events are taken.
public struct Upstream: Sendable, Hashable {
    /// Its subscribe port.
    public var address: VTPAddress
    /// XPath expressions; events that match any of them are wanted. Empty: all events.
    public var filters: [String]

    /// An upstream broker from its parts.
    public init(address: VTPAddress, filters: [String] = []) {
        self.address = address
        self.filters = filters
    }
}
