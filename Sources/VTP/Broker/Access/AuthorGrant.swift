// SPDX-License-Identifier: Apache-2.0

/// What an author may publish: packets whose ivorns begin with certain authorities.
public struct AuthorGrant: Sendable, Hashable {
    /// Name of the author, for messages.
    public let name: String
    /// Networks from which the author submits.
    public let networks: [AddressRange]
    /// Naming authorities that the author may use, for example `psws.irap`.
    public let authorities: [String]

    /// A grant from its parts.
    public init(name: String, networks: [AddressRange], authorities: [String]) {
        self.name = name
        self.networks = networks
        self.authorities = authorities
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
