// SPDX-License-Identifier: Apache-2.0

/// What an author may publish: packets whose ivorns begin with certain authorities.
public struct AuthorGrant: Sendable, Hashable {
    /// Name of the author, for messages.
    public let name: String
    /// Networks from which the author submits; empty: from everywhere, if it proves that it has one of the keys.
    public let networks: [AddressRange]
    /// SHA-256, 32 bytes, of the public keys that the author's certificates may have; empty: it needs none.
    public let keys: [[UInt8]]
    /// Naming authorities that the author may use, for example `psws.irap`.
    public let authorities: [String]

    /// A grant from its parts.
    public init(name: String, networks: [AddressRange], keys: [[UInt8]] = [], authorities: [String]) {
        self.name = name
        self.networks = networks
        self.keys = keys
        self.authorities = authorities
    }

    /// True for an author at this address that has proved to have this key: whatever the grant names must hold, and
    /// one that names neither is for nobody.
    func isFor(_ address: IPAddress?, key: [UInt8]?) -> Bool {
        let isAtHome = address.map { $0.isIn(networks) } ?? false
        guard !keys.isEmpty else { return isAtHome }
        return (networks.isEmpty || isAtHome) && key.map(keys.contains) ?? false
    }

    /// The naming authority of an ivorn: what stands between `ivo://` and the next `/`, `?` or `#`.
    ///
    /// It is compared without regard to case (IVOA Identifiers 2.0, section 2.2).
    static func authority(of ivorn: String) -> String {
        let scheme = "ivo://"
        guard ivorn.hasPrefix(scheme) else { return "" }
        return ivorn.dropFirst(scheme.count).prefix { !"/?#".contains($0) }.lowercased()
    }
}
