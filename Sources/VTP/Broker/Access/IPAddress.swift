// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// An address of IPv4 or IPv6 as a number; IPv4 addresses are those of IPv6 that stand for them (`::ffff:a.b.c.d`).
public struct IPAddress: Sendable, Hashable {
    /// The 128 bits of the IPv6 address.
    let bits: UInt128

    /// True if it is an address of IPv4.
    var isIPv4: Bool { bits >> 32 == 0xffff }

    /// True if it is an address of this machine for itself, `127.0.0.0/8` or `::1`.
    public var isLoopback: Bool { bits == 1 || bits >> 24 == 0xffff_7f }

    /// Reads `192.0.2.7` or `2001:db8::7`; nil if it is neither. A zone (`%eth0`) is passed over.
    public init?(_ text: some StringProtocol) {
        let address = text.prefix { $0 != "%" }
        guard let bits = address.contains(":") ? IPAddress.ipv6(address) : IPAddress.ipv4(address) else { return nil }
        self.bits = bits
    }

    /// The address of a peer; nil if it is none of the Internet.
    public init?(_ address: SocketAddress?) {
        guard let text = address?.ipAddress else { return nil }
        self.init(text)
    }

    private static func ipv4(_ text: some StringProtocol) -> UInt128? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var value = UInt128(0xffff)
        for part in parts {
            guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy({ (48...57).contains($0) }),
                let byte = UInt8(part)
            else { return nil }
            value = value << 8 | UInt128(byte)
        }
        return value
    }

    private static func ipv6(_ text: some StringProtocol) -> UInt128? {
        let bytes = String(text)
        guard let gap = bytes.range(of: "::") else {
            guard let groups = groups(bytes), groups.count == 8 else { return nil }
            return number(groups)
        }
        guard let head = groups(bytes[..<gap.lower]), let tail = groups(bytes[gap.upper...]),
            head.count + tail.count < 8
        else { return nil }
        return number(head + [UInt16](repeating: 0, count: 8 - head.count - tail.count) + tail)
    }

    /// Groups of hexadecimal digits between colons; the last may be an IPv4 address, which is two groups.
    private static func groups(_ text: some StringProtocol) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        var groups: [UInt16] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, part.contains("."), let address = ipv4(part) {
                groups += [UInt16(truncatingIfNeeded: address >> 16), UInt16(truncatingIfNeeded: address)]
            } else {
                guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy(isHexadecimal),
                    let group = UInt16(part, radix: 16)
                else { return nil }
                groups.append(group)
            }
        }
        return groups
    }

    private static func number(_ groups: [UInt16]) -> UInt128 { groups.reduce(0) { $0 << 16 | UInt128($1) } }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (97...102).contains(byte | 0x20)
    }
}

extension String {
    /// Where a text first stands.
    fileprivate func range(of text: String) -> (lower: Index, upper: Index)? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return (start, index(start, offsetBy: text.count)) }
            start = index(after: start)
        }
        return nil
    }
}
