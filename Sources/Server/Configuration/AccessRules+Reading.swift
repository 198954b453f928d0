// SPDX-License-Identifier: Apache-2.0

import Settings
import VTP

extension AccessRules {
    init(_ section: inout SettingsSection) {
        self.init()
        authors = section.list("authors", of: .network, default: authors)
        subscribers = section.list("subscribers", of: .network, default: subscribers)
        maximumAuthorsPerAddress = section.read(
            "authors_per_address", .integer(1...100_000), default: maximumAuthorsPerAddress)
        maximumSubscribersPerAddress = section.read(
            "subscribers_per_address", .integer(1...100_000), default: maximumSubscribersPerAddress)
        eventsPerMinute = 60 * section.read("event_rate", .perSecond(0...100_000), default: eventsPerMinute / 60)
        eventBurst = section.read("event_burst", .integer(1...1_000_000), default: eventBurst)
        grants = section.sections("grants") { AuthorGrant(&$0) }
    }
}

extension AuthorGrant {
    init(_ section: inout SettingsSection) {
        self.init(
            name: section.read("name", .text(1...100)),
            networks: section.list("networks", of: .network, count: 1...1000),
            keys: section.list("keys", of: .sha256, count: 1...1000),
            authorities: section.list("authorities", of: .authority, count: 1...1000))
        // A list that is left out is an empty one, and would grant nothing without a word.
        if networks.isEmpty, keys.isEmpty {
            section.reject(
                "networks", "there are neither networks nor keys", remedy: "add 'networks: [ … ]' or 'keys: [ … ]'")
        }
        if authorities.isEmpty {
            section.reject("authorities", "there are no authorities", remedy: "add 'authorities: [ … ]'")
        }
    }
}

extension SettingsValue where Value == AddressRange {
    /// A network of IPv4 or IPv6 addresses in CIDR notation, or one address.
    static var network: SettingsValue {
        SettingsValue(placeholder: AddressRange.everywhere[0]) { text, _ throws(SettingsFault) in
            guard let range = AddressRange(text) else {
                throw SettingsFault(
                    "\"\(text.printable)\" is not a network",
                    remedy: "write it as 192.0.2.0/24 or \"2001:db8::/32\", with zeros behind the prefix")
            }
            return range
        }
    }
}

extension SettingsValue where Value == String {
    /// The naming authority of an IVOID: what stands between `ivo://` and the next `/`.
    static var authority: SettingsValue {
        SettingsValue(placeholder: "") { text, _ throws(SettingsFault) in
            guard text.count >= 3, !text.contains(where: { "/#?: ".contains($0) }) else {
                throw SettingsFault(
                    "\"\(text.printable)\" is not a naming authority",
                    remedy: "write what stands between ivo:// and the next /, for example psws.irap")
            }
            return text
        }
    }
}
