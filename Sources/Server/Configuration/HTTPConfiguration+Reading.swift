// SPDX-License-Identifier: Apache-2.0

import Settings
import VTP

extension HTTPConfiguration {
    init(_ section: inout SettingsSection) {
        self.init()
        isEnabled = section.read("enabled", .boolean, default: isEnabled)
        host = section.readIfPresent("host", .host)
        port = section.readIfPresent("port", .integer(0...65_535))
        tokens = section.sections("tokens") { AuthorToken(&$0) }
        section.section("limits") { limits = HTTPLimits(&$0) }
    }
}

extension HTTPLimits {
    init(_ section: inout SettingsSection) {
        self.init()
        maximumConnections = section.read("connections", .integer(1...100_000), default: maximumConnections)
        maximumConnectionsPerAddress = section.read(
            "connections_per_address", .integer(1...100_000), default: maximumConnectionsPerAddress)
        maximumStreams = section.read("streams", .integer(0...100_000), default: maximumStreams)
        requestsPerMinute = 60 * section.read("request_rate", .perSecond(0...100_000), default: requestsPerMinute / 60)
        requestBurst = section.read("request_burst", .integer(1...1_000_000), default: requestBurst)
        requestTimeoutSeconds = Int(
            section.read("request_timeout", .seconds(1...3600), default: Double(requestTimeoutSeconds)))
        idleTimeoutSeconds = Int(
            section.read("idle_timeout", .seconds(1...3600), default: Double(idleTimeoutSeconds)))
        maximumHeaderBytes = section.read("header_size", .bytes(1024...(1 << 20)), default: maximumHeaderBytes)
        maximumPage = section.read("page", .integer(1...10_000), default: maximumPage)
    }
}

extension AuthorToken {
    init(_ section: inout SettingsSection) {
        let hash = section.read("sha256", .sha256)
        let name = section.read("author", .text(1...100))
        let authorities = section.list("authorities", of: .authority, count: 1...1000)
        self.init(sha256: hash, author: KnownAuthor(name: name, authorities: authorities))
        // A list that is left out is an empty one, and would grant nothing without a word.
        if authorities.isEmpty {
            section.reject("authorities", "there are no authorities", remedy: "add 'authorities: [ … ]'")
        }
    }
}

extension SettingsValue where Value == [UInt8] {
    /// A SHA-256 in hexadecimal. What is wrong is not shown: it may be a secret itself, put in the wrong place.
    static var sha256: SettingsValue {
        SettingsValue(placeholder: []) { text, _ throws(SettingsFault) in
            let digits = text.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
            guard digits.count == 64, text.utf8.count == 64 else {
                throw SettingsFault(
                    "this is not a SHA-256, which has 64 hexadecimal digits",
                    remedy: "write what 'psws-server token' or 'psws-server fingerprint' prints, never a token or key")
            }
            return stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
        }
    }
}
