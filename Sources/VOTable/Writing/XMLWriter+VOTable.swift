// SPDX-License-Identifier: Apache-2.0

import XML

/// The elements around the rows.
extension XMLWriter {
    mutating func startDocument(_ document: VOTableDocument) {
        start(
            "VOTABLE",
            [
                ("version", "1.4"), ("xmlns", "http://www.ivoa.net/xml/VOTable/v1.3"),
                ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
                (
                    "xsi:schemaLocation",
                    "http://www.ivoa.net/xml/VOTable/v1.3 http://www.ivoa.net/xml/VOTable/votable-1.4.xsd"
                ),
            ])
        description(document.description)
        for system in document.coordinateSystems { coordinateSystem(system) }
        for system in document.timeSystems { timeSystem(system) }
        for entry in document.infos { info(entry) }
        for entry in document.parameters { parameter(entry) }
        for entry in document.groups { group(entry) }
    }

    /// The begin of a resource, up to its tables.
    mutating func startResource(_ resource: VOTableResource) {
        start(
            "RESOURCE",
            attributes([
                ("ID", resource.id), ("name", resource.name), ("type", resource.type), ("utype", resource.utype),
            ]))
        description(resource.description)
        for entry in resource.infos { info(entry) }
        for system in resource.coordinateSystems { coordinateSystem(system) }
        for system in resource.timeSystems { timeSystem(system) }
        for entry in resource.groups { group(entry) }
        for entry in resource.parameters { parameter(entry) }
        for entry in resource.links { link(entry) }
    }

    /// The begin of a table, up to its rows.
    ///
    /// - Parameter rowCount: nil if it is not known yet.
    mutating func startTable(_ table: VOTableTable, rowCount: Int?) {
        start(
            "TABLE",
            attributes([
                ("ID", table.id), ("name", table.name), ("ucd", table.ucd), ("utype", table.utype),
                ("nrows", rowCount.map(String.init)),
            ]))
        description(table.description)
        for entry in table.infos { info(entry) }
        for column in table.columns { field("FIELD", column.field, VOTableText.type(of: column.values), nil) }
        for entry in table.parameters { parameter(entry) }
        for entry in table.groups { group(entry) }
        for entry in table.links { link(entry) }
    }

    mutating func startRows(_ serialisation: VOTableSerialisation) {
        start("DATA")
        start(serialisation.element)
        if serialisation == .binary2 { start("STREAM", [("encoding", "base64")]) }
    }

    mutating func endRows(_ serialisation: VOTableSerialisation) {
        if serialisation == .binary2 { end() }
        end()
        end()
    }

    /// Attributes that have a value.
    private func attributes(_ list: [(name: String, value: String?)]) -> [(name: String, value: String)] {
        list.compactMap { item in item.value.map { (item.name, $0) } }
    }

    private mutating func description(_ text: String?) {
        if let text { element("DESCRIPTION", text: text) }
    }

    private mutating func info(_ info: VOTableInfo) {
        element("INFO", [("name", info.name), ("value", info.value)], text: info.text ?? "")
    }

    private mutating func coordinateSystem(_ system: VOTableCoordinateSystem) {
        element(
            "COOSYS",
            attributes([
                ("ID", system.id), ("system", system.system), ("equinox", system.equinox), ("epoch", system.epoch),
            ]))
    }

    private mutating func timeSystem(_ system: VOTableTimeSystem) {
        let origin: String? =
            switch system.origin {
            case nil: nil
            case .julianDate: "JD-origin"
            case .modifiedJulianDate: "MJD-origin"
            case .since(let date): VOTableText.number(date)
            }
        element(
            "TIMESYS",
            attributes([
                ("ID", system.id), ("timeorigin", origin), ("timescale", system.timescale),
                ("refposition", system.referencePosition),
            ]))
    }

    private mutating func link(_ link: VOTableLink) {
        element(
            "LINK",
            attributes([
                ("content-role", link.role), ("content-type", link.mediaType), ("title", link.title),
                ("href", link.address),
            ]))
    }

    private mutating func group(_ group: VOTableGroup) {
        start(
            "GROUP",
            attributes([("ID", group.id), ("name", group.name), ("ucd", group.ucd), ("utype", group.utype)]))
        description(group.description)
        for reference in group.columns { element("FIELDref", [("ref", reference)]) }
        for reference in group.references { element("PARAMref", [("ref", reference)]) }
        for entry in group.parameters { parameter(entry) }
        for inner in group.groups { self.group(inner) }
        end()
    }

    private mutating func parameter(_ parameter: VOTableParameter) {
        var type = VOTableText.type(of: parameter.value)
        // Arrays and the like were kept as they were written.
        if case .text = parameter.value, let stated = parameter.field.type, !stated.primitive.isText { type = stated }
        field("PARAM", parameter.field, type, VOTableText.cell(parameter.value))
    }

    private mutating func field(_ name: String, _ field: VOTableField, _ type: VOTableType, _ value: String?) {
        start(
            name,
            attributes([
                ("ID", field.id), ("name", field.name), ("datatype", type.primitive.rawValue),
                ("arraysize", type.shape?.description), ("unit", field.unit), ("ucd", field.ucd),
                ("utype", field.utype), ("xtype", field.xtype), ("ref", field.reference), ("value", value),
            ]))
        description(field.description)
        if let domain = field.domain {
            start("VALUES", attributes([("null", domain.null)]))
            if let minimum = domain.minimum { element("MIN", [("value", minimum)]) }
            if let maximum = domain.maximum { element("MAX", [("value", maximum)]) }
            for option in domain.options { element("OPTION", [("value", option)]) }
            end()
        }
        for entry in field.links { link(entry) }
        end()
    }
}
