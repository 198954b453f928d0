// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// A look at the first tag of a message, which is all that is needed of an acknowledgement.
///
/// Every subscriber acknowledges every event; to parse these messages would cost the broker more than all the rest. A
/// glance never errs on the side of knowing: whatever is not plain is left to the parser. A peer's acknowledgements begin
/// all alike, so that after the first one even the tag is only compared.
struct TransportGlance {
    /// The beginning of the last acknowledgement, up to the end of the root element's start tag.
    private var acknowledgement: ByteBuffer?

    /// True if the message is plainly an acknowledgement.
    mutating func isAcknowledgement(_ message: ByteBuffer) -> Bool {
        if let acknowledgement,
            message.getSlice(at: message.readerIndex, length: acknowledgement.readableBytes) == acknowledgement
        {
            return true
        }
        guard let (role, count) = TransportGlance.startTag(of: message), role == .ack,
            let beginning = message.getBytes(at: message.readerIndex, length: count)
        else { return false }
        acknowledgement = ByteBuffer(bytes: beginning)
        return true
    }

    /// The role in the root element's start tag, and the number of bytes to the tag's end; nil if the message is not
    /// plainly a transport message.
    static func startTag(of message: ByteBuffer) -> (role: TransportMessage.Role, count: Int)? {
        var bytes = message.readableBytesView[...]
        guard let tag = rootTag(&bytes), let end = tag.firstIndex(where: isSpace) else { return nil }
        let name = tag[..<end]
        let localName = name.lastIndex(of: UInt8(ascii: ":")).map { name[(name.index(after: $0))...] } ?? name
        guard localName.elementsEqual("Transport".utf8), let value = role(in: tag[end...]),
            let role = TransportMessage.Role.allCases.first(where: { value.elementsEqual($0.rawValue.utf8) })
        else { return nil }
        // The tag's last byte is followed by its `>`.
        return (role, tag.endIndex + 1 - message.readerIndex)
    }

    private typealias Bytes = ByteBufferView

    /// What stands between `<` and `>` of the first element, after at most an XML declaration.
    private static func rootTag(_ bytes: inout Bytes) -> Bytes? {
        for _ in 0..<2 {
            bytes = bytes.drop(while: isSpace)
            guard bytes.first == UInt8(ascii: "<"), let end = bytes.firstIndex(of: UInt8(ascii: ">")) else {
                return nil
            }
            let tag = bytes[(bytes.startIndex + 1)..<end]
            if tag.first != UInt8(ascii: "?") { return tag }
            bytes = bytes[(end + 1)...]
        }
        return nil
    }

    /// The value of the attribute `role` among attributes; nil if they are written in an unusual way.
    private static func role(in attributes: Bytes) -> Bytes? {
        var rest = attributes.drop(while: isSpace)
        while let equals = rest.firstIndex(of: UInt8(ascii: "=")) {
            let name = rest[..<equals]
            let opening = equals + 1
            guard opening < rest.endIndex, isQuote(rest[opening]),
                let closing = rest[(opening + 1)...].firstIndex(of: rest[opening])
            else { return nil }
            if name.elementsEqual("role".utf8) { return rest[(opening + 1)..<closing] }
            rest = rest[(closing + 1)...].drop(while: isSpace)
        }
        return nil
    }

    private static func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
}
