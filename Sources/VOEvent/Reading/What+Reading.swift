// SPDX-License-Identifier: Apache-2.0
import XML

extension What {
    init(reading element: XMLElement) {
        self.init(
            element.elements.compactMap { child in
                switch child.localName {
                case "Param": .param(Param(reading: child))
                case "Group": .group(Group(reading: child))
                case "Table": .table(Table(reading: child))
                case "Description": .description(child.trimmedText)
                case "Reference": .reference(EventReference(reading: child))
                default: nil
                }
            })
    }
}

extension What.Param {
    init(reading element: XMLElement) {
        // The attribute wins over the element, says the standard.
        self.init(
            name: element.attribute("name"), value: element.attribute("value") ?? element.childText("Value"),
            ucd: element.attribute("ucd"), unit: element.unit, description: element.childText("Description"))
        dataType = element.attribute("dataType")
        utype = element.attribute("utype")
        references = element.references
    }
}

extension What.Group {
    init(reading element: XMLElement) {
        self.init(
            name: element.attribute("name"), type: element.attribute("type"),
            params: element.children("Param").map(What.Param.init(reading:)),
            description: element.childText("Description"))
        references = element.references
    }
}

extension What.Table {
    init(reading element: XMLElement) {
        self.init(
            name: element.attribute("name"), description: element.childText("Description"),
            fields: element.children("Field").map(What.Field.init(reading:)),
            rows: element.children("Data").flatMap { $0.children("TR") }.map { $0.childTexts("TD") })
        type = element.attribute("type")
        params = element.children("Param").map(What.Param.init(reading:))
        references = element.references
    }
}

extension What.Field {
    init(reading element: XMLElement) {
        self.init(
            name: element.attribute("name"), ucd: element.attribute("ucd"), unit: element.unit,
            description: element.childText("Description"))
        dataType = element.attribute("dataType")
        utype = element.attribute("utype")
    }
}
