// SPDX-License-Identifier: Apache-2.0
import XML

/// Reads packets leniently: versions 1.1, 2.0 and 2.1 and what people make of them.
///
/// Elements below the root are known by their local name in whatever namespace; what is unknown is passed over; a
/// number that is none is NaN. Only bytes that are not XML, that refer to entities, or whose root is not `VOEvent`
/// are refused. `VOEventValidator` tells what is wrong with what was read.
public struct VOEventReader: Sendable {
    private let reader: XMLReader

    /// A reader with limits for a packet from a stranger.
    public init(limits: XMLLimits = XMLLimits()) { reader = XMLReader(limits: limits) }

    /// Reads a packet.
    ///
    /// - Throws: `VOEventError` with code `notReadable` or `notVOEvent`.
    public func read(_ bytes: [UInt8]) throws(VOEventError) -> ReceivedVOEvent {
        let document: XMLDocument
        do {
            document = try reader.read(bytes)
        } catch {
            throw VOEventError(
                .notReadable, place: error.place, problems: error.diagnostics.map(\.message), remedy: error.remedy)
        }
        let root = document.root
        guard root.localName == "VOEvent" else {
            throw VOEventError(
                .notVOEvent, place: "\(root.line):\(root.column)",
                problems: ["the root element is \(Finding.quoted(root.qualifiedName)), not VOEvent"])
        }
        return ReceivedVOEvent(
            packet: VOEventPacket(reading: root), bytes: bytes,
            identityRange: document.rootByteRange ?? bytes.startIndex..<bytes.endIndex,
            declaredVersion: root.attribute("version"), declaredRole: root.attribute("role"),
            hasDoctype: document.hasDoctype)
    }
}

extension VOEventPacket {
    /// The packet in a document that was read already; nil if its root is not `VOEvent`.
    public init?(_ document: XMLDocument) {
        guard document.root.localName == "VOEvent" else { return nil }
        self.init(reading: document.root)
    }

    /// The version that a root element means: by its attribute, else by its namespace; nil if neither is known.
    static func version(of root: XMLElement) -> VOEventVersion? {
        let declared = root.attribute("version").map(XSDLexical.collapsed)
        return declared.flatMap(VOEventVersion.init(rawValue:)) ?? VOEventVersion(namespaceURI: root.namespaceURI)
    }

    init(reading root: XMLElement) {
        self.init(
            ivorn: XSDLexical.collapsed(root.attribute("ivorn") ?? root.attribute("id") ?? ""),
            role: VOEventRole(rawValue: root.attribute("role") ?? VOEventRole.observation.rawValue),
            version: VOEventPacket.version(of: root) ?? .v2_0)
        who = root.firstChild("Who").map(Who.init(reading:))
        what = root.firstChild("What").map(What.init(reading:))
        whereWhen = root.firstChild("WhereWhen").map(WhereWhen.init(reading:))
        how = root.firstChild("How").map(How.init(reading:))
        why = root.firstChild("Why").map(Why.init(reading:))
        citations = root.firstChild("Citations").map(Citations.init(reading:))
        description = root.childText("Description")
        reference = root.firstChild("Reference").map(EventReference.init(reading:))
    }
}
