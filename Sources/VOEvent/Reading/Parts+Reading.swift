// SPDX-License-Identifier: Apache-2.0
import XML

extension EventReference {
    init(reading element: XMLElement) {
        self.init(
            uri: XSDLexical.collapsed(element.attribute("uri") ?? ""), mimetype: element.attribute("mimetype"),
            meaning: element.attribute("meaning"), type: element.attribute("type"))
    }
}

extension Who {
    init(reading element: XMLElement) {
        self.init(
            authorIVORN: element.childText("AuthorIVORN"),
            author: element.firstChild("Author").map(Author.init(reading:)))
        date = element.childText("Date")
        description = element.childText("Description")
        reference = element.firstChild("Reference").map(EventReference.init(reading:))
    }
}

extension Who.Author {
    init(reading element: XMLElement) {
        self.init(
            title: element.childText("title"), shortName: element.childText("shortName"),
            contactName: element.childText("contactName"), contactEmail: element.childText("contactEmail"))
        logoURL = element.childText("logoURL")
        contactPhone = element.childText("contactPhone")
        contributors = element.elements.filter { ["contributor", "Contributor"].contains($0.localName) }.map {
            Who.Contributor(
                name: $0.trimmedText, role: $0.attribute("role"), ivorn: $0.attribute("ivorn"),
                altIdentifier: $0.attribute("altIdentifier"))
        }
    }
}

extension How {
    init(reading element: XMLElement) {
        self.init(descriptions: element.childTexts("Description"), references: element.references)
    }
}

extension Why {
    init(reading element: XMLElement) {
        self.init(
            importance: element.number("importance"), names: element.childTexts("Name"),
            concepts: element.childTexts("Concept"),
            inferences: element.children("Inference").map(Inference.init(reading:)),
            descriptions: element.childTexts("Description"))
        expires = element.attribute("expires")
        references = element.references
    }
}

extension Why.Inference {
    init(reading element: XMLElement) {
        self.init(
            probability: element.number("probability"), relation: element.attribute("relation"),
            names: element.childTexts("Name"), concepts: element.childTexts("Concept"),
            descriptions: element.childTexts("Description"))
        references = element.references
    }
}

extension Citations {
    init(reading element: XMLElement) {
        self.init(
            element.children("EventIVORN").map {
                Citation($0.trimmedText, kind: $0.attribute("cite").map(Citation.Kind.init(rawValue:)))
            }, description: element.childText("Description"))
    }
}
