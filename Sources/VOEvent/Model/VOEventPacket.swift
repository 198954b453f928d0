// SPDX-License-Identifier: Apache-2.0

/// One VOEvent packet: who says what about which place and time, how it was seen and what it means.
///
/// - Reference: IVOA, Sky Event Reporting Metadata, version 2.0 and 2.1.
public struct VOEventPacket: Sendable, Hashable {
    /// Identifier of the packet as written, for example `ivo://psws.example/flashes#station-1`; `IVORN` takes it apart.
    public var ivorn: String
    /// What the packet is for.
    public var role: VOEventRole
    /// Version of the standard it follows.
    public var version: VOEventVersion
    /// Who is responsible for the packet, and when it was written.
    public var who: Who?
    /// What was measured.
    public var what: What?
    /// Where and when it happened, and from where it was seen.
    public var whereWhen: WhereWhen?
    /// The instruments.
    public var how: How?
    /// What the author thinks it was.
    public var why: Why?
    /// Earlier packets that this one follows, replaces or takes back.
    public var citations: Citations?
    /// A text about the packet as a whole.
    public var description: String?
    /// Something on the web about the packet as a whole.
    public var reference: EventReference?

    /// A packet of version 2.0 with nothing but an identifier and a role.
    public init(ivorn: String, role: VOEventRole = .observation, version: VOEventVersion = .v2_0) {
        self.ivorn = ivorn
        self.role = role
        self.version = version
    }
}
