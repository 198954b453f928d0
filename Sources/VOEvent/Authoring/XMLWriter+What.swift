// SPDX-License-Identifier: Apache-2.0
import XML

extension XMLWriter {
    /// Writes the measurements in their order.
    mutating func write(_ what: What) {
        start("What")
        for item in what.items {
            switch item {
            case .param(let param): write(param)
            case .group(let group): write(group)
            case .table(let table): write(table)
            case .description(let text): element("Description", text: text)
            case .reference(let reference): write([reference])
            }
        }
        end()
    }

    private mutating func write(_ param: What.Param) {
        start(
            "Param",
            XMLWriter.present([
                ("name", param.name), ("value", param.value), ("unit", param.unit), ("ucd", param.ucd),
                ("dataType", param.dataType), ("utype", param.utype),
            ]))
        optional("Description", param.description)
        write(param.references)
        end()
    }

    private mutating func write(_ group: What.Group) {
        start("Group", XMLWriter.present([("name", group.name), ("type", group.type)]))
        optional("Description", group.description)
        write(group.references)
        for param in group.params { write(param) }
        end()
    }

    private mutating func write(_ table: What.Table) {
        start("Table", XMLWriter.present([("name", table.name), ("type", table.type)]))
        optional("Description", table.description)
        write(table.references)
        for param in table.params { write(param) }
        for field in table.fields {
            start(
                "Field",
                XMLWriter.present([
                    ("name", field.name), ("unit", field.unit), ("ucd", field.ucd), ("dataType", field.dataType),
                    ("utype", field.utype),
                ]))
            optional("Description", field.description)
            end()
        }
        if !table.rows.isEmpty {
            start("Data")
            for row in table.rows {
                start("TR")
                texts("TD", row)
                end()
            }
            end()
        }
        end()
    }
}
