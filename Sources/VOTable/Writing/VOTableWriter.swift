// SPDX-License-Identifier: Apache-2.0

import XML

/// Writes VOTable 1.4 with TABLEDATA serialisation, after checking that it follows the standard.
///
/// Version 1.4 is the newest that the readers in the field know without warnings, and the first with TIMESYS.
public enum VOTableWriter {
    /// The document as UTF-8. The same document gives the same bytes.
    ///
    /// - Throws: the first of `VOTableCheck.problems(in:)`, or `notWritable` for characters that XML cannot hold.
    public static func write(_ document: VOTableDocument) throws(VOTableError) -> [UInt8] {
        if let problem = VOTableCheck.problems(in: document).first { throw problem }
        // Deep indentation would be most of a long table.
        var writer = XMLWriter(indentation: 1)
        writer.start(
            "VOTABLE",
            [
                ("version", "1.4"), ("xmlns", "http://www.ivoa.net/xml/VOTable/v1.3"),
                ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
                (
                    "xsi:schemaLocation",
                    "http://www.ivoa.net/xml/VOTable/v1.3 http://www.ivoa.net/xml/VOTable/votable-1.4.xsd"
                ),
            ])
        writer.description(document.description)
        for info in document.infos { writer.info(info) }
        for resource in document.resources { writer.resource(resource) }
        writer.end()
        do {
            return try writer.finish()
        } catch {
            throw VOTableError(.notWritable, place: "VOTable", message: error.message, remedy: error.remedy)
        }
    }
}

extension XMLWriter {
    /// Attributes that have a value.
    private func attributes(_ list: [(name: String, value: String?)]) -> [(name: String, value: String)] {
        list.compactMap { item in item.value.map { (item.name, $0) } }
    }

    fileprivate mutating func description(_ text: String?) {
        if let text { element("DESCRIPTION", text: text) }
    }

    fileprivate mutating func info(_ info: VOTableInfo) {
        element("INFO", [("name", info.name), ("value", info.value)])
    }

    fileprivate mutating func resource(_ resource: VOTableResource) {
        start(
            "RESOURCE", attributes([("name", resource.name), ("type", resource.type), ("utype", resource.utype)]))
        description(resource.description)
        for entry in resource.infos { info(entry) }
        for system in resource.coordinateSystems { coordinateSystem(system) }
        for system in resource.timeSystems { timeSystem(system) }
        for entry in resource.parameters { parameter(entry) }
        for entry in resource.links { link(entry) }
        for entry in resource.tables { table(entry) }
        end()
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

    private mutating func parameter(_ parameter: VOTableParameter) {
        field("PARAM", parameter.field, VOTableText.type(of: parameter.value), VOTableText.cell(parameter.value))
    }

    private mutating func field(_ name: String, _ field: VOTableField, _ type: VOTableText.Datatype, _ value: String?) {
        start(
            name,
            attributes([
                ("ID", field.id), ("name", field.name), ("datatype", type.name), ("arraysize", type.arraySize),
                ("unit", field.unit), ("ucd", field.ucd), ("utype", field.utype), ("xtype", field.xtype),
                ("ref", field.reference), ("value", value),
            ]))
        description(field.description)
        for entry in field.links { link(entry) }
        end()
    }

    private mutating func table(_ table: VOTableTable) {
        start(
            "TABLE",
            attributes([
                ("ID", table.id), ("name", table.name), ("ucd", table.ucd), ("utype", table.utype),
                ("nrows", String(table.rowCount)),
            ]))
        description(table.description)
        for entry in table.infos { info(entry) }
        for column in table.columns { field("FIELD", column.field, VOTableText.type(of: column.values), nil) }
        for entry in table.parameters { parameter(entry) }
        for entry in table.links { link(entry) }
        start("DATA")
        start("TABLEDATA")
        for row in 0..<table.rowCount {
            start("TR")
            for column in table.columns { element("TD", text: VOTableText.cell(column.values, row: row)) }
            end()
        }
        end()
        end()
        end()
    }
}
