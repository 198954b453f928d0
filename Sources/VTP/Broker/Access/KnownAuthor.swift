// SPDX-License-Identifier: Apache-2.0

/// An author who has proved who it is by something better than an address, with what it may publish.
public struct KnownAuthor: Sendable, Hashable {
    /// Name of the author, for messages.
    public let name: String
    /// Naming authorities that the author may use, for example `psws.irap`.
    public let authorities: [String]

    /// An author from its parts.
    public init(name: String, authorities: [String]) {
        self.name = name
        self.authorities = authorities
    }

    /// Why the author may not publish under an ivorn; nil if it may.
    func objection(to ivorn: String) -> String? {
        let authority = AuthorGrant.authority(of: ivorn)
        guard !authorities.contains(where: { $0.lowercased() == authority }) else { return nil }
        return "the authority \"\(authority.printable)\" is not granted to \(name.printable)"
    }
}
