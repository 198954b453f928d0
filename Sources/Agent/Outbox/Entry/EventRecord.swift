// SPDX-License-Identifier: Apache-2.0

import UTC

/// What was committed; the file `entry.txt` of an entry, written once. It proves that `event.xml` is whole.
struct EventRecord: Sendable, Hashable {
    let ivorn: String
    let committed: UTCInstant
    let eventBytes: Int
    let eventChecksum: UInt32

    static let fileName = "entry.txt"
    /// The event itself, as it is sent.
    static let eventFileName = "event.xml"

    init(event: [UInt8], ivorn: String, committed: UTCInstant) {
        self.ivorn = ivorn
        self.committed = committed
        eventBytes = event.count
        eventChecksum = crc32(event)
    }

    /// Reads a record; nil if anything of it is missing.
    init?(_ fields: KeyValueText) {
        guard let ivorn = fields["ivorn"], let committed = fields["committed"].flatMap({ UTCInstant(iso8601: $0) }),
            let bytes = fields["event bytes"].flatMap({ Int($0) }),
            let checksum = fields["event crc32"].flatMap({ UInt32($0, radix: 16) })
        else { return nil }
        self.ivorn = ivorn
        self.committed = committed
        eventBytes = bytes
        eventChecksum = checksum
    }

    var fields: KeyValueText {
        var fields = KeyValueText()
        fields.append("ivorn", ivorn)
        fields.append("committed", committed.iso8601(fractionDigits: 9))
        fields.append("event bytes", String(eventBytes))
        fields.append("event crc32", String(eventChecksum, radix: 16))
        return fields
    }

    /// True if these are the bytes that were committed.
    func describes(_ event: [UInt8]) -> Bool {
        event.count == eventBytes && crc32(event) == eventChecksum
    }
}

/// CRC-32 as gzip and PNG have it.
///
/// - Reference: RFC 1952, section 8.
func crc32(_ bytes: [UInt8]) -> UInt32 {
    var checksum: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
        checksum ^= UInt32(byte)
        for _ in 0..<8 { checksum = checksum & 1 == 1 ? (checksum >> 1) ^ 0xEDB8_8320 : checksum >> 1 }
    }
    return ~checksum
}
