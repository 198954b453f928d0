// SPDX-License-Identifier: Apache-2.0

/// A network: all addresses that begin with the same bits, written `192.0.2.0/24` or `2001:db8::/32` (CIDR, RFC 4632).
public struct AddressRange: Sendable, Hashable, CustomStringConvertible {
    private let prefix: UInt128
    private let mask: UInt128
    /// The range as it was written.
    public let description: String

    /// Reads a network, or one address; nil if it is neither, or has bits beyond its prefix.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let address = IPAddress(parts[0]), !parts[0].contains("%") else { return nil }
        let isIPv4 = !parts[0].contains(":")
        let width = isIPv4 ? 32 : 128
        var length = width
        if parts.count == 2 {
            guard let given = Int(parts[1]), (0...width).contains(given), "\(given)" == parts[1] else { return nil }
            length = given
        }
        let free = width - length
        mask = free == 128 ? 0 : ~UInt128(0) << UInt128(free)
        guard address.bits & ~mask == 0 else { return nil }
        prefix = address.bits
        description = text
    }

    /// True if the address belongs to the network. Addresses of IPv4 belong to networks of IPv4 only.
    public func contains(_ address: IPAddress) -> Bool {
        // `::/0` would hold the addresses of IPv4, too, which nobody means who writes it.
        guard address.isIPv4 == (prefix >> 32 == 0xffff) else { return false }
        return address.bits & mask == prefix
    }

    /// All addresses of IPv4 and of IPv6.
    public static let everywhere: [AddressRange] = ["0.0.0.0/0", "::/0"].compactMap(AddressRange.init)
}
