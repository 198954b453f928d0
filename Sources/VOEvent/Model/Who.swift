// SPDX-License-Identifier: Apache-2.0
import UTC

/// Who is responsible for a packet.
public struct Who: Sendable, Hashable {
    /// Registered identifier of the author, `ivo://…`.
    public var authorIVORN: String?
    /// The author in words.
    public var author: Author?
    /// When the packet was written, as written: ISO 8601 in UTC.
    public var date: String?
    /// A text about the author.
    public var description: String?
    /// Something on the web about the author.
    public var reference: EventReference?

    /// A responsible party; `date` is written with `Z` and milliseconds.
    public init(authorIVORN: String? = nil, author: Author? = nil, date: UTCInstant? = nil) {
        self.authorIVORN = authorIVORN
        self.author = author
        self.date = date?.iso8601(fractionDigits: 3)
    }

    /// The date as an instant; nil if absent or not ISO 8601.
    public var instant: UTCInstant? { date.flatMap { UTCInstant(iso8601: $0) } }

    /// Names and addresses of an author.
    public struct Author: Sendable, Hashable {
        /// Full title of the organisation or project.
        public var title: String?
        /// Its short name.
        public var shortName: String?
        /// Where its logo is.
        public var logoURL: String?
        /// A person to speak to.
        public var contactName: String?
        /// The person's e-mail address.
        public var contactEmail: String?
        /// The person's telephone number.
        public var contactPhone: String?
        /// Others who took part. Names alone in 2.0, with a role in 2.1.
        public var contributors: [Contributor] = []

        /// An author; everything may be left out, though the schema wants something in it.
        public init(
            title: String? = nil, shortName: String? = nil, contactName: String? = nil, contactEmail: String? = nil
        ) {
            self.title = title
            self.shortName = shortName
            self.contactName = contactName
            self.contactEmail = contactEmail
        }
    }

    /// Somebody who took part.
    public struct Contributor: Sendable, Hashable {
        /// Name of the person or organisation.
        public var name: String
        /// What they did, one of `roles`; 2.1 only.
        public var role: String?
        /// Identifier in the registry of the Virtual Observatory; 2.1 only.
        public var ivorn: String?
        /// Another identifier, usually an ORCID as a URI; 2.1 only.
        public var altIdentifier: String?

        /// A contributor.
        public init(name: String, role: String? = nil, ivorn: String? = nil, altIdentifier: String? = nil) {
            self.name = name
            self.role = role
            self.ivorn = ivorn
            self.altIdentifier = altIdentifier
        }

        /// The contributor roles of VOEvent 2.1, which are DataCite's (metadata schema 4.5, contributorType).
        public static let roles = [
            "ContactPerson", "DataCollector", "DataCurator", "DataManager", "Distributor", "Editor",
            "HostingInstitution", "Producer", "ProjectLeader", "ProjectManager", "ProjectMember",
            "RegistrationAgency", "RegistrationAuthority", "RelatedPerson", "Researcher", "ResearchGroup",
            "RightsHolder", "Sponsor", "Supervisor", "WorkPackageLeader", "Other",
        ]
    }
}
