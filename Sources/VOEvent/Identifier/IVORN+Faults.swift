// SPDX-License-Identifier: Apache-2.0

extension IVORN {
    /// Everything that is wrong with an identifier, each as the end of a sentence; empty if nothing is.
    ///
    /// - Parameter needsLocalID: true for the identifier of a packet, false for that of an author or a stream.
    public static func faults(in text: String, needsLocalID: Bool = false) -> [String] {
        guard text.hasPrefix("ivo://") else { return ["does not begin with ivo://"] }
        let parts = split(text)
        var faults: [String] = []
        if let first = parts.authority.utf8.first {
            if !isAlphanumeric(first) { faults.append("has an authority that does not begin with a letter or digit") }
            if parts.authority.utf8.count < 3 { faults.append("has an authority of less than three characters") }
        } else {
            faults.append("has no authority after ivo://")
        }
        if let bad = firstOutside(parts.authority, also: "-_.~*'()") {
            faults.append("has an authority with the character \(bad)")
        }
        if let key = parts.resourceKey {
            if key.hasSuffix("/") { faults.append("has a resource key that ends in /, which Comet refuses") }
            if key.contains("//") { faults.append("has an empty part between two slashes") }
            if (key + "/").contains("/./") || (key + "/").contains("/../") {
                faults.append("has a part . or .. in its resource key")
            }
            if let bad = firstOutside(key, also: "-_.~*'()/") {
                faults.append("has a resource key with the character \(bad)")
            }
        }
        if let bad = firstOutside(parts.localID, also: "-_.~*'()+=/%!$&,;:@?") {
            faults.append("has a local part with the character \(bad)")
        }
        if needsLocalID, parts.localID.isEmpty {
            faults.append("has no local part (#…) that tells this packet from others of its stream")
        }
        return faults
    }

    /// The parts of a text that begins with `ivo://`, whatever they hold; the resource key with its first slash.
    static func split(
        _ text: String
    ) -> (authority: String, resourceKey: String?, separator: Separator?, localID: String) {
        let rest = text.dropFirst("ivo://".count)
        let head = rest.prefix { $0 != "#" && $0 != "?" }
        let separator = rest.dropFirst(head.count).first.flatMap { Separator(rawValue: String($0)) }
        let localID = String(rest.dropFirst(head.count + 1))
        let authority = String(head.prefix { $0 != "/" })
        let key = head.dropFirst(authority.count)
        return (authority, key.isEmpty ? nil : String(key), separator, localID)
    }

    /// The first character that is neither an ASCII letter or digit nor in `also`, ready for a message.
    private static func firstOutside(_ text: String, also: String) -> String? {
        let bad = text.unicodeScalars.first { scalar in
            !(scalar.isASCII && (isAlphanumeric(UInt8(scalar.value)) || also.unicodeScalars.contains(scalar)))
        }
        guard let bad else { return nil }
        let isPrintable = (0x21...0x7E).contains(bad.value)
        return isPrintable ? "\"\(bad)\"" : "U+" + String(bad.value, radix: 16, uppercase: true)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }
}
