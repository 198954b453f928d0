// SPDX-License-Identifier: Apache-2.0
import UTC
import XML

/// What the schema lets pass but the text of the standard, or brokers and readers in use, do not: the warnings.
///
/// Works on local names, so that it serves every version.
struct MeaningCheck {
    private(set) var findings: [Finding] = []
    /// Version that the packet is taken for; nil if it could not be told.
    let version: VOEventVersion?

    init(version: VOEventVersion?) { self.version = version }

    /// Largest packet that Comet takes, in bytes; it closes the connection on more without a word.
    static let cometMaximumBytes = 99_999

    /// Checks a document of `byteCount` bytes whose root is a VOEvent.
    mutating func check(_ document: XMLDocument, byteCount: Int) {
        let root = document.root
        if document.hasDoctype {
            warn(root, "the document has a DOCTYPE, which brokers may refuse")
        }
        if byteCount > MeaningCheck.cometMaximumBytes {
            warn(
                root,
                "the document has \(byteCount) bytes; Comet drops packets of more than "
                    + "\(MeaningCheck.cometMaximumBytes) without an answer")
        }
        checkRoot(root)
        for part in root.elements {
            switch part.localName {
            case "Who": checkWho(part)
            case "What": checkWhat(part)
            case "WhereWhen": checkWhereWhen(part)
            case "Why": checkWhy(part)
            case "Citations": checkCitations(part, ivorn: root.attribute("ivorn"))
            default: break
            }
        }
    }

    private mutating func checkRoot(_ root: XMLElement) {
        if let ivorn = root.attribute("ivorn") {
            for fault in IVORN.faults(in: ivorn, needsLocalID: true) {
                warn(root, attribute: "ivorn", "ivorn \(Finding.quoted(ivorn)) \(fault)")
            }
        }
        if root.attribute("role") == nil {
            warn(root, "role is missing; it means observation, but Comet drops such packets without an answer")
        }
    }

    private mutating func checkWho(_ who: XMLElement) {
        if who.firstChild("AuthorIVORN") == nil && who.firstChild("Author") == nil {
            warn(who, "Who names no author: AuthorIVORN or Author is needed")
        }
        if let author = who.firstChild("AuthorIVORN") {
            for fault in IVORN.faults(in: author.trimmedText) {
                warn(author, "AuthorIVORN \(Finding.quoted(author.trimmedText)) \(fault)")
            }
        }
        if who.firstChild("Date") == nil { warn(who, "Who has no Date: nobody can tell when the packet was written") }
        if version == .v2_1 {
            for old in who.firstChild("Author")?.children("contributor") ?? [] {
                warn(old, "contributor is deprecated in 2.1; Contributor takes its place")
            }
        }
    }

    private mutating func checkWhy(_ why: XMLElement) {
        if let importance = why.number("importance"), !(0...1).contains(importance) {
            warn(
                why, attribute: "importance",
                "importance \(Finding.quoted(why.attribute("importance") ?? "")) is not between 0 and 1")
        }
        for element in why.elements where ["Concept", "Name"].contains(element.localName) {
            if element.trimmedText.isEmpty { warn(element, "\(element.localName) in Why is empty") }
        }
    }

    private mutating func checkCitations(_ citations: XMLElement, ivorn: String?) {
        for event in citations.children("EventIVORN") {
            let cited = event.trimmedText
            if event.attribute("cite") == nil {
                warn(event, "EventIVORN does not say with cite whether it is a followup, supersedes or a retraction")
            }
            for fault in IVORN.faults(in: cited, needsLocalID: true) {
                warn(event, "EventIVORN \(Finding.quoted(cited)) \(fault)")
            }
            if let ivorn, cited == ivorn { warn(event, "the packet cites itself") }
        }
    }

    /// A warning at an element.
    mutating func warn(_ element: XMLElement, _ message: String) {
        findings.append(Finding(.warning, line: element.line, column: element.column, message: message))
    }

    /// A warning at the value of an attribute.
    mutating func warn(_ element: XMLElement, attribute name: String, _ message: String) {
        let attribute = element.attributes.first { $0.localName == name && $0.prefix == nil }
        findings.append(
            Finding(
                .warning, line: attribute?.line ?? element.line, column: attribute?.column ?? element.column,
                message: message))
    }
}
