// SPDX-License-Identifier: Apache-2.0

import XML

/// A message from a peer, told apart by its root element.
///
/// Comet tells messages apart by `@role` alone, and so throws away an event that leaves its role out. The root
/// element's name is what the protocol says (VTP 2.0 §3.3).
public enum IncomingMessage: Sendable, Hashable {
    /// Life signs, authentication or an answer.
    case transport(TransportMessage)
    /// An event, of which only the outside was read.
    case event(EventEnvelope)

    /// Reads a message; namespaces are not looked at, since three are in use for `Transport` alone.
    ///
    /// - Throws: `garbled` if it is not XML that is safe to read, or neither of the two.
    public init(parsing bytes: [UInt8]) throws(VTPError) {
        try self.init(IncomingMessage.document(in: bytes), byteCount: bytes.count)
    }

    /// The tree of a message, safely read.
    ///
    /// - Throws: `garbled` if it is not XML that is safe to read.
    static func document(in bytes: [UInt8]) throws(VTPError) -> XMLDocument {
        var limits = XMLLimits()
        // The size was limited when the message was framed.
        limits.maximumBytes = max(limits.maximumBytes, bytes.count)
        do { return try XMLReader(limits: limits).read(bytes) } catch {
            throw VTPError(.garbled, place: error.place, message: error.message, remedy: error.remedy)
        }
    }

    /// Tells a message apart that was read already.
    ///
    /// - Throws: `garbled` if it is neither of the two.
    init(_ document: XMLDocument, byteCount: Int) throws(VTPError) {
        guard !document.hasDoctype else {
            throw VTPError(
                .garbled, place: "document", message: "a DOCTYPE is not accepted",
                remedy: "remove it; VOEvent and VTP need none")
        }
        let root = document.root
        switch root.localName {
        case "Transport": self = .transport(try TransportMessage(element: root))
        case "VOEvent":
            self = .event(
                EventEnvelope(
                    ivorn: (root.attribute("ivorn") ?? "").trimmed, role: root.attribute("role") ?? "observation",
                    version: root.attribute("version") ?? "",
                    rootRange: document.rootByteRange ?? 0..<byteCount))
        default:
            throw VTPError(
                .garbled, place: "\(root.line):\(root.column)",
                message: "the root element is \"\(root.localName.printable)\"; it must be VOEvent or Transport")
        }
    }
}
