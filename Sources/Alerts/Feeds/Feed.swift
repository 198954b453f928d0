// SPDX-License-Identifier: Apache-2.0

/// Where measurements of the solar wind near the Earth come from.
public struct Feed: Sendable, Hashable {
    /// Name for logs, and the key of what is stored of it.
    public var name: String
    /// Address: https, http or file. Any format that `SolarWindFile` knows.
    public var address: String

    /// A feed.
    public init(name: String, address: String) {
        self.name = name
        self.address = address
    }
}
