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
        var limits = XMLLimits()
        // The size was limited when the message was framed.
        limits.maximumBytes = max(limits.maximumBytes, bytes.count)
        let document: XMLDocument
        do { document = try XMLReader(limits: limits).read(bytes) } catch {
            throw VTPError(.garbled, place: error.place, message: error.message, remedy: error.remedy)
        }
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
                    rootRange: document.rootByteRange ?? 0..<bytes.count))
        default:
            throw VTPError(
                .garbled, place: "\(root.line):\(root.column)",
                message: "the root element is \"\(root.localName.printable)\"; it must be VOEvent or Transport")
        }
    }
}
