// SPDX-License-Identifier: Apache-2.0

/// Who may connect, who may publish what, and how much of each an address may have.
///
/// A value: a running broker is given a new one when its configuration is read again. The limits for each address do
/// not hold for this machine's own.
public struct AccessRules: Sendable, Hashable {
    /// Networks from which authors may connect.
    public var authors = AddressRange.everywhere
    /// Networks from which subscribers may connect.
    public var subscribers = AddressRange.everywhere
    /// Which author may use which authorities; empty: every author may use every one.
    public var grants: [AuthorGrant] = []
    /// Connections of authors that one address may have at a time.
    public var maximumAuthorsPerAddress = 64
    /// Connections of subscribers that one address may have at a time.
    public var maximumSubscribersPerAddress = 64
    /// Messages that one address may submit in a minute, over longer times; 0: any number.
    public var eventsPerMinute = 600.0
    /// Messages that one address may submit at once after a pause.
    public var eventBurst = 1000

    /// Rules that let everybody in, with limits that a small centre can live with.
    public init() {}

    /// Why an author may not publish under this ivorn; nil if it may.
    ///
    /// - Parameters:
    ///   - address: where the author is.
    ///   - key: SHA-256 of the public key that it has proved to own; nil if it has proved nothing.
    func objection(to ivorn: String, from address: IPAddress?, key: [UInt8]? = nil) -> String? {
        guard !grants.isEmpty else { return nil }
        let authority = AuthorGrant.authority(of: ivorn)
        let own = grants.filter { $0.isFor(address, key: key) }
        guard !own.contains(where: { $0.authorities.contains { $0.lowercased() == authority } }) else { return nil }
        return own.isEmpty
            ? "no author is known at this address" + (grants.contains { !$0.keys.isEmpty } ? " or by this key" : "")
            : "the authority \"\(authority.printable)\" is not granted to \(own.map(\.name).joined(separator: ", "))"
    }
}

extension IPAddress {
    /// True if the address belongs to one of the networks.
    func isIn(_ networks: [AddressRange]) -> Bool { networks.contains { $0.contains(self) } }
}
