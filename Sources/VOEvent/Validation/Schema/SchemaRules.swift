// SPDX-License-Identifier: Apache-2.0

/// The structure of a VOEvent packet, for the versions that have a schema in use.
///
/// - Reference: IVOA, Sky Event Reporting Metadata 2.0 (2011-07-11) and the 2.1 proposed recommendation (2026-02-25);
///   where text and schema differ these rules are the schema's, and the text's go to `MeaningRules`.
struct SchemaRules: Sendable {
    /// Namespace of the root element.
    let namespace: String
    /// What may stand in it.
    let root: ElementRule

    /// The rules of a version; nil for versions without a schema in use.
    init?(version: VOEventVersion) {
        guard version == .v2_0 || version == .v2_1 else { return nil }
        namespace = version.namespaceURI
        root = SchemaRules.packet(version)
    }

    /// An element that holds text of a type.
    static func text(_ name: String, _ type: ValueType = .string, required: Bool = false) -> ChildRule {
        ChildRule(name: name, rule: ElementRule(content: .value(type)), isRequired: required)
    }

    /// Elements that nearly every part may have.
    static let description = text("Description")
    static let reference = ChildRule(
        name: "Reference",
        rule: ElementRule(
            attributes: [
                AttributeRule(name: "uri", type: .uri, isRequired: true), AttributeRule(name: "type"),
                AttributeRule(name: "mimetype"), AttributeRule(name: "meaning", type: .uri),
            ], content: .empty))

    private static func packet(_ version: VOEventVersion) -> ElementRule {
        ElementRule(
            attributes: [
                AttributeRule(name: "version", type: .fixed(version.rawValue), isRequired: true),
                AttributeRule(name: "ivorn", type: .uri, isRequired: true),
                AttributeRule(name: "role", type: .oneOf(VOEventRole.standard.map(\.rawValue))),
            ],
            content: .anyOrder([
                ChildRule(name: "Who", rule: who(version)), ChildRule(name: "What", rule: what),
                ChildRule(name: "WhereWhen", rule: whereWhen(version)), ChildRule(name: "How", rule: how),
                ChildRule(name: "Why", rule: why), ChildRule(name: "Citations", rule: citations), description,
                reference,
            ]))
    }

    private static func who(_ version: VOEventVersion) -> ElementRule {
        var author = [
            text("title"), text("shortName"), text("logoURL", .uri), text("contactName"), text("contactEmail"),
            text("contactPhone"), text("contributor"),
        ]
        if version == .v2_1 { author.append(ChildRule(name: "Contributor", rule: contributor)) }
        return ElementRule(
            content: .anyOrder([
                text("AuthorIVORN", .uri), text("Date", .dateTime), description, reference,
                ChildRule(name: "Author", rule: ElementRule(content: .mixture(author, atLeastOne: true))),
            ]))
    }

    private static let contributor = ElementRule(
        attributes: [
            AttributeRule(name: "ivorn", type: .uri), AttributeRule(name: "altIdentifier", type: .uri),
            AttributeRule(name: "role", type: .oneOf(Who.Contributor.roles)),
        ], content: .value(.string))

    private static let how = ElementRule(content: .mixture([description, reference], atLeastOne: true))

    private static let why = ElementRule(
        attributes: [
            AttributeRule(name: "importance", type: .float), AttributeRule(name: "expires", type: .dateTime),
        ],
        content: .mixture(
            [text("Name"), text("Concept"), ChildRule(name: "Inference", rule: inference), description, reference],
            atLeastOne: true))

    private static let inference = ElementRule(
        attributes: [AttributeRule(name: "probability", type: .probability), AttributeRule(name: "relation")],
        content: .mixture([text("Name"), text("Concept"), description, reference], atLeastOne: true))

    private static let citations = ElementRule(
        content: .sequence([
            StepRule(
                alternatives: [
                    ChildRule(
                        name: "EventIVORN",
                        rule: ElementRule(
                            attributes: [
                                AttributeRule(name: "cite", type: .oneOf(Citation.Kind.standard.map(\.rawValue)))
                            ], content: .value(.string)))
                ], isRequired: true, mayRepeat: true),
            StepRule(alternatives: [description]),
        ]))
}
