// SPDX-License-Identifier: Apache-2.0

import XML

/// Checks a document against the rules of VOTable 1.4 that its types cannot enforce.
public enum VOTableCheck {
    /// Everything that is wrong, in the order of the document; empty for a document that may be written.
    public static func problems(in document: VOTableDocument) -> [VOTableError] {
        var check = Check()
        if document.resources.isEmpty {
            check.report(.missing, "VOTable", "it has no resource", remedy: "put the tables into one")
        }
        for system in document.coordinateSystems { check.identify(system.id, "coordinate system") }
        for system in document.timeSystems { check.identify(system.id, "time system") }
        for parameter in document.parameters { check.visit(parameter.field, "parameter") }
        for group in document.groups { check.visit(group, "VOTable") }
        for resource in document.resources { check.visit(resource) }
        check.resolveReferences()
        return check.problems
    }

    private struct Check {
        var problems: [VOTableError] = []
        private var identifiers: Set<String> = []
        private var references: [(place: String, identifier: String)] = []

        mutating func report(_ code: VOTableError.Code, _ place: String, _ message: String, remedy: String? = nil) {
            problems.append(VOTableError(code, place: place, message: message, remedy: remedy))
        }

        mutating func visit(_ resource: VOTableResource) {
            let place = "resource \(resource.name ?? "without name")"
            for system in resource.coordinateSystems {
                identify(system.id, "\(place), coordinate system")
            }
            for system in resource.timeSystems {
                identify(system.id, "\(place), time system")
            }
            if let id = resource.id { identify(id, place) }
            for parameter in resource.parameters { visit(parameter.field, "\(place), parameter") }
            for group in resource.groups { visit(group, place) }
            for table in resource.tables { visit(table) }
            for inner in resource.resources { visit(inner) }
        }

        mutating func visit(_ table: VOTableTable) {
            let place = "table \(table.name ?? table.id ?? "without name")"
            if let id = table.id { identify(id, place) }
            if let ucd = table.ucd, !UCD.isWellFormed(ucd) { reportUCD(ucd, place) }
            if table.columns.isEmpty { report(.missing, place, "it has no column") }
            for column in table.columns {
                visit(column.field, "\(place), column")
                if column.values.count != table.rowCount {
                    report(
                        .unequalLengths, "\(place), column \(column.field.name)",
                        "it has \(column.values.count) rows and the table \(table.rowCount)",
                        remedy: "fill the missing rows with nil")
                }
            }
            for parameter in table.parameters { visit(parameter.field, "\(place), parameter") }
            for group in table.groups { visit(group, place) }
        }

        mutating func visit(_ group: VOTableGroup, _ owner: String) {
            let place = "\(owner), group \(group.name ?? "without name")"
            if let id = group.id { identify(id, place) }
            if let ucd = group.ucd, !UCD.isWellFormed(ucd) { reportUCD(ucd, place) }
            for reference in group.columns + group.references { references.append((place, reference)) }
            for parameter in group.parameters { visit(parameter.field, "\(place), parameter") }
            for inner in group.groups { visit(inner, place) }
        }

        mutating func visit(_ field: VOTableField, _ owner: String) {
            let place = "\(owner) \(field.name)"
            if field.name.isEmpty { report(.missing, owner, "it has no name") }
            if let id = field.id { identify(id, place) }
            if let reference = field.reference { references.append((place, reference)) }
            if let ucd = field.ucd, !UCD.isWellFormed(ucd) { reportUCD(ucd, place) }
            if let unit = field.unit, !VOUnit.isWellFormed(unit) {
                report(
                    .unit, place, "the unit \"\(unit)\" does not follow VOUnits",
                    remedy: "write it with known symbols, for example km.s**-1")
            }
        }

        private mutating func reportUCD(_ ucd: String, _ place: String) {
            report(.ucd, place, "\"\(ucd)\" is not a UCD1+", remedy: "write words as in time.epoch;stat.error")
        }

        mutating func identify(_ id: String, _ place: String) {
            if !XMLWriter.isName(id) || id.contains(":") {
                report(.identifier, place, "the identifier \"\(id)\" is not an XML name")
            } else if !identifiers.insert(id).inserted {
                report(.identifier, place, "the identifier \"\(id)\" is used twice")
            }
        }

        mutating func resolveReferences() {
            for reference in references where !identifiers.contains(reference.identifier) {
                report(
                    .identifier, reference.place,
                    "it refers to \"\(reference.identifier)\", which is not there")
            }
        }
    }
}
