// SPDX-License-Identifier: Apache-2.0
import XML

extension XMLWriter {
    /// Writes a packet: the root is in the version's namespace, everything in it in none, as the schema wants.
    mutating func write(_ packet: VOEventPacket) {
        let namespace = packet.version.namespaceURI
        start(
            "voe:VOEvent",
            [
                ("xmlns:voe", namespace), ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
                (
                    "xsi:schemaLocation",
                    "\(namespace) http://www.ivoa.net/xml/VOEvent/VOEvent-v\(packet.version.rawValue).xsd"
                ),
                ("version", packet.version.rawValue), ("role", packet.role.rawValue), ("ivorn", packet.ivorn),
            ])
        if let who = packet.who { write(who, version: packet.version) }
        if let what = packet.what { write(what) }
        if let whereWhen = packet.whereWhen { write(whereWhen) }
        if let how = packet.how {
            start("How")
            texts("Description", how.descriptions)
            write(how.references)
            end()
        }
        if let why = packet.why { write(why) }
        if let citations = packet.citations { write(citations) }
        optional("Description", packet.description)
        write([packet.reference].compactMap { $0 })
        end()
    }

    /// An element with text, if there is any text to write.
    mutating func optional(_ name: String, _ content: String?) {
        if let content { element(name, text: content) }
    }

    /// Several elements of a name.
    mutating func texts(_ name: String, _ contents: [String]) {
        for content in contents { element(name, text: content) }
    }

    /// References, one element each.
    mutating func write(_ references: [EventReference]) {
        for reference in references {
            element(
                "Reference",
                XMLWriter.present([
                    ("uri", reference.uri), ("type", reference.type), ("mimetype", reference.mimetype),
                    ("meaning", reference.meaning),
                ]))
        }
    }

    /// The attributes that have a value.
    static func present(_ attributes: [(name: String, value: String?)]) -> [(name: String, value: String)] {
        attributes.compactMap { attribute in attribute.value.map { (attribute.name, $0) } }
    }

    private mutating func write(_ who: Who, version: VOEventVersion) {
        start("Who")
        optional("AuthorIVORN", who.authorIVORN)
        optional("Date", who.date)
        optional("Description", who.description)
        write([who.reference].compactMap { $0 })
        if let author = who.author {
            start("Author")
            optional("title", author.title)
            optional("shortName", author.shortName)
            optional("logoURL", author.logoURL)
            optional("contactName", author.contactName)
            optional("contactEmail", author.contactEmail)
            optional("contactPhone", author.contactPhone)
            for contributor in author.contributors {
                if version == .v2_1 {
                    element(
                        "Contributor",
                        XMLWriter.present([
                            ("ivorn", contributor.ivorn), ("altIdentifier", contributor.altIdentifier),
                            ("role", contributor.role),
                        ]), text: contributor.name)
                } else {
                    element("contributor", text: contributor.name)
                }
            }
            end()
        }
        end()
    }

    private mutating func write(_ why: Why) {
        start("Why", XMLWriter.present([("importance", why.importance.map(numberText)), ("expires", why.expires)]))
        texts("Concept", why.concepts)
        texts("Description", why.descriptions)
        texts("Name", why.names)
        for inference in why.inferences {
            start(
                "Inference",
                XMLWriter.present([
                    ("probability", inference.probability.map(numberText)), ("relation", inference.relation),
                ]))
            texts("Name", inference.names)
            texts("Concept", inference.concepts)
            texts("Description", inference.descriptions)
            write(inference.references)
            end()
        }
        write(why.references)
        end()
    }

    private mutating func write(_ citations: Citations) {
        start("Citations")
        for event in citations.events {
            element("EventIVORN", XMLWriter.present([("cite", event.kind?.rawValue)]), text: event.ivorn)
        }
        optional("Description", citations.description)
        end()
    }
}
