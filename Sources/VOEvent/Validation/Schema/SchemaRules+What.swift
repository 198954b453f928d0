// SPDX-License-Identifier: Apache-2.0

extension SchemaRules {
    private static let dataType = AttributeRule(name: "dataType", type: .oneOf(What.DataType.allCases.map(\.rawValue)))

    /// The part about measurements; the same in 2.0 and 2.1.
    static let what = ElementRule(
        content: .mixture(
            [
                ChildRule(name: "Param", rule: param), ChildRule(name: "Group", rule: group),
                ChildRule(name: "Table", rule: table), description, reference,
            ], atLeastOne: false))

    private static let param = ElementRule(
        attributes: [
            AttributeRule(name: "name"), AttributeRule(name: "ucd"), AttributeRule(name: "value"),
            AttributeRule(name: "unit"), dataType, AttributeRule(name: "utype"),
        ], content: .mixture([description, reference, text("Value")], atLeastOne: false))

    private static let group = ElementRule(
        attributes: [AttributeRule(name: "name"), AttributeRule(name: "type")],
        content: .mixture([ChildRule(name: "Param", rule: param), description, reference], atLeastOne: false))

    private static let table = ElementRule(
        attributes: [AttributeRule(name: "name"), AttributeRule(name: "type")],
        content: .mixture(
            [
                description, reference, ChildRule(name: "Param", rule: param), ChildRule(name: "Field", rule: field),
                ChildRule(name: "Data", rule: data),
            ], atLeastOne: false))

    private static let field = ElementRule(
        attributes: [
            AttributeRule(name: "name"), AttributeRule(name: "ucd"), AttributeRule(name: "unit"), dataType,
            AttributeRule(name: "utype"),
        ], content: .mixture([description, reference], atLeastOne: false))

    private static let data = ElementRule(
        content: .mixture(
            [ChildRule(name: "TR", rule: ElementRule(content: .mixture([text("TD")], atLeastOne: true)))],
            atLeastOne: true))
}
