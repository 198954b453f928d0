// SPDX-License-Identifier: Apache-2.0

import XML

extension VOTableBuilder {
    /// A column or a parameter begins.
    func beginField(_ element: VOTableElement, _ source: XMLStreamElement, _ place: Place) throws(XMLError) {
        let words = element.rawValue
        var known: Set<String> = [
            "ID", "unit", "datatype", "precision", "width", "xtype", "ref", "name", "ucd", "utype", "arraysize", "type",
        ]
        if element == .param { known.insert("value") }
        checkAttributes(source, place, known)
        let name = source.attribute("name") ?? source.attribute("ID") ?? ""
        if source.attribute("name") == nil { remarks.add(.fieldName, place, "a \(words) needs a name") }
        var field = VOTableField(
            name, utype: source.attribute("utype"), xtype: source.attribute("xtype"),
            reference: source.attribute("ref"))
        field.id = identifier(source, place)
        field.ucd = ucd(source, place)
        field.unit = source.attribute("unit")
        if let unit = field.unit, !unit.isEmpty, !VOUnit.isWellFormed(unit) {
            remarks.add(.unit, place, "the unit \"\(unit.prefix(32))\" does not follow VOUnits")
        }
        field.type = type(source, words, place)
        if let reference = field.reference { references.append((place, words, reference)) }
        let value = source.attribute("value")
        if element == .param, value == nil { remarks.add(.parameterValue, place, "a PARAM needs a value") }
        draft = FieldDraft(field: field, value: value, isParameter: element == .param, place: place)
        if element == .field, let count = table?.columns.count, count >= limits.maximumColumns {
            throw XMLError(
                .limit, line: place.line, column: place.column,
                message: "the table has more columns than the limit of \(limits.maximumColumns)")
        }
    }

    /// The type that a field states; text where it states none.
    private func type(_ source: XMLStreamElement, _ words: String, _ place: Place) -> VOTableType {
        let name = source.attribute("datatype")
        let primitive = name.flatMap { VOTablePrimitive(rawValue: $0) }
        if name == nil {
            remarks.add(.noDatatype, place, "a \(words) needs a datatype; text is taken")
        } else if primitive == nil {
            remarks.add(.datatype, place, "the datatype \"\(name?.prefix(24) ?? "")\" is not known; text is taken")
        }
        var type = VOTableType(primitive ?? .char, primitive == nil ? .variable : nil)
        if let size = source.attribute("arraysize") {
            type.shape = VOTableShape(size)
            if type.shape == nil {
                remarks.add(.arraySize, place, "the arraysize \"\(size.prefix(24))\" is none; * is taken")
                type.shape = .variable
            } else if type.shape == VOTableShape(dimensions: [1]), !type.primitive.isText {
                type.shape = nil
            }
        } else if type.primitive.isText, type.shape == nil {
            remarks.add(.oneCharacter, place, "datatype \(type.primitive.rawValue) without arraysize is one character")
        }
        return type
    }

    /// The field or parameter that was begun is complete.
    func add(_ draft: FieldDraft) {
        if let null = draft.field.domain?.null, let type = draft.field.type, !type.primitive.isText {
            let bytes = Array(null.utf8)
            if !null.isEmpty, NumberText.double(bytes.span, bytes.indices) == nil,
                NumberText.integer(bytes.span, bytes.indices) == nil
            {
                remarks.add(
                    .null, draft.place, "the null value \"\(null.prefix(24))\" is no \(type.primitive.rawValue)")
            }
        }
        guard draft.isParameter else {
            table?.columns.append(VOTableColumn(draft.field, .cells(VOTableCells(draft.field.type ?? .text))))
            return
        }
        let parameter = draft.parameter(remarks: &remarks)
        if !groups.isEmpty {
            groups[groups.count - 1].parameters.append(parameter)
        } else if table != nil {
            table?.parameters.append(parameter)
        } else if !resources.isEmpty {
            resources[resources.count - 1].parameters.append(parameter)
        } else {
            document.parameters.append(parameter)
        }
    }

    func add(_ group: VOTableGroup) {
        if !groups.isEmpty {
            groups[groups.count - 1].groups.append(group)
        } else if table != nil {
            table?.groups.append(group)
        } else if !resources.isEmpty {
            resources[resources.count - 1].groups.append(group)
        } else {
            document.groups.append(group)
        }
    }

    func add(_ info: VOTableInfo) {
        if table != nil {
            table?.infos.append(info)
        } else if !resources.isEmpty {
            resources[resources.count - 1].infos.append(info)
        } else {
            document.infos.append(info)
        }
    }

    func add(_ link: VOTableLink) {
        if draft != nil {
            draft?.field.links.append(link)
        } else if table != nil {
            table?.links.append(link)
        } else if !resources.isEmpty {
            resources[resources.count - 1].links.append(link)
        }
    }

    /// The identifier of an element; nil for none.
    func identifier(_ source: XMLStreamElement, _ place: Place) -> String? {
        guard let id = source.attribute("ID") else { return nil }
        if !XMLWriter.isName(id) || id.contains(":") {
            remarks.add(.identifier, place, "the identifier \"\(id.prefix(32))\" is no XML name")
        } else if !identifiers.insert(id).inserted {
            remarks.add(.duplicate, place, "the identifier \"\(id.prefix(32))\" is used twice")
        }
        return id
    }

    func ucd(_ source: XMLStreamElement, _ place: Place) -> String? {
        guard let ucd = source.attribute("ucd") else { return nil }
        // The words of the first vocabulary are in capitals with underscores.
        let isOld = ucd.utf8.allSatisfy { !(97...122).contains($0) } && version < 12
        if !ucd.isEmpty, !isOld, !UCD.isWellFormed(ucd) {
            remarks.add(.ucd, place, "\"\(ucd.prefix(32))\" is no UCD1+")
        }
        return ucd
    }

    func checkAttributes(_ source: XMLStreamElement, _ place: Place, _ known: Set<String>) {
        for attribute in source.attributes where attribute.prefix == nil && !known.contains(attribute.localName) {
            remarks.add(
                .attribute, place, "<\(source.localName)> has no attribute \(attribute.localName.prefix(32))")
        }
    }

    func resolveReferences() {
        for item in references where !identifiers.contains(item.identifier) {
            remarks.add(
                .reference, item.place, "\(item.owner) refers to \"\(item.identifier.prefix(32))\", which is not there")
        }
        references = []
    }
}
