// SPDX-License-Identifier: Apache-2.0

import Settings

/// Who reports: the names that stand in every event of a box.
///
/// They make its identifiers: `ivo://<authority>/<stream>#<name>-<UTC time>-<short id>`.
public struct StationConfiguration: Sendable, Hashable {
    /// What the events of a station are for.
    public enum Role: String, Sendable, Hashable, CaseIterable {
        /// Real observations, on which others act.
        case observation
        /// Trials; brokers relay them, and nobody points a telescope.
        case test
    }

    /// Who answers for the events, as VOEvent's `Author` names it.
    public struct Contact: Sendable, Hashable {
        /// Name of the project or service, `title`.
        public var title: String
        /// Its abbreviation, `shortName`.
        public var shortName: String?
        /// Name of a person or team, `contactName`.
        public var name: String?
        /// Address to write to, `contactEmail`.
        public var email: String?

        init(title: String) { self.title = title }

        init(_ section: inout SettingsSection) {
            title = section.read("title", .text())
            shortName = section.readIfPresent("short_name", .text(1...80))
            name = section.readIfPresent("name", .text())
            email = section.readIfPresent("email", .emailAddress)
        }
    }

    /// Short name of the station: letters, digits, `-`, `_` and `.`.
    public var name: String
    /// Naming authority of the IVOA identifiers, such as `psws.irap`.
    public var authority: String
    /// Event stream within the authority.
    public var stream: String
    /// What the events are for.
    public var role: Role
    /// Who answers for the events.
    public var contact: Contact

    init(_ section: inout SettingsSection) {
        name = section.read("name", .identifier())
        // IVOA Identifiers 2.0, section 2.3.2: an authority has three characters at least.
        authority = section.read("authority", .identifier(3...128))
        stream = section.read("stream", .identifier(), default: "flashes")
        role = section.read("role", .choice(), default: .test)
        contact = section.section("contact") { Contact(&$0) }
    }

    private init(name: String, authority: String, contact: Contact) {
        self.name = name
        self.authority = authority
        stream = "flashes"
        role = .test
        self.contact = contact
    }

    /// A station that nobody has named yet; it sends tests only.
    static let unconfigured = StationConfiguration(
        name: "unconfigured", authority: "psws.local", contact: Contact(title: "PSWS agent without configuration"))
}
