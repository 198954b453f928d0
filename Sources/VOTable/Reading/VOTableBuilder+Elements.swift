// SPDX-License-Identifier: Apache-2.0

import XML

extension VOTableBuilder {
    typealias Place = (line: Int, column: Int)

    /// What the begin of an element says.
    func begin(_ element: VOTableElement, _ source: XMLStreamElement, _ place: Place) throws(XMLError) {
        switch element {
        case .votable: beginDocument(source, place)
        case .resource:
            var resource = VOTableResource(
                name: source.attribute("name"), type: source.attribute("type"), utype: source.attribute("utype"),
                tables: [])
            resource.id = identifier(source, place)
            resources.append(resource)
        case .table:
            var new = VOTableTable(name: source.attribute("name"), utype: source.attribute("utype"), columns: [])
            new.id = identifier(source, place)
            new.ucd = ucd(source, place)
            table = new
            rows = RowBuilder(
                place: place, statedRows: source.attribute("nrows").flatMap { Int($0) }, limits: limits,
                consumer: consumer)
            checkAttributes(source, place, ["ID", "name", "ref", "ucd", "utype", "nrows"])
        case .field, .param: try beginField(element, source, place)
        case .values: draft?.field.domain = VOTableDomain(null: source.attribute("null"))
        case .min: draft?.field.domain?.minimum = source.attribute("value")
        case .max: draft?.field.domain?.maximum = source.attribute("value")
        case .option: if let value = source.attribute("value") { draft?.field.domain?.options.append(value) }
        case .group:
            var group = VOTableGroup(name: source.attribute("name"), utype: source.attribute("utype"))
            group.id = identifier(source, place)
            group.ucd = ucd(source, place)
            groups.append(group)
        case .fieldRef, .paramRef:
            guard let reference = source.attribute("ref"), !groups.isEmpty else { break }
            references.append((place, element.rawValue, reference))
            if element == .fieldRef {
                groups[groups.count - 1].columns.append(reference)
            } else {
                groups[groups.count - 1].references.append(reference)
            }
        case .info:
            let (name, value) = (source.attribute("name"), source.attribute("value"))
            if name == nil || value == nil { remarks.add(.info, place, "an INFO needs a name and a value") }
            info = VOTableInfo(name: name ?? "", value: value ?? "")
        case .link:
            add(
                VOTableLink(
                    address: source.attribute("href") ?? "", role: source.attribute("content-role"),
                    mediaType: source.attribute("content-type"), title: source.attribute("title")))
        case .coosys: beginCoordinateSystem(source, place)
        case .timesys: beginTimeSystem(source, place)
        case .definitions: remarks.add(.definitions, place, "DEFINITIONS is no longer used since version 1.1")
        case .tableData, .binary, .binary2:
            if element == .binary2, version < 13 {
                remarks.add(.binary2, place, "BINARY2 came with version 1.3, and this is \(document.version)")
            }
            hasTables = true
            if let table { try rows?.begin(element, table: table, version: version, builder: self, place: place) }
        case .fits, .parquet:
            remarks.add(.serialisation, place, "the serialisation \(element.rawValue) is not read")
            isDamaged = true
        case .stream: rows?.beginStream(source, place, self)
        case .row: rows?.beginRow(place)
        case .cell: rows?.beginCell(place, encoding: source.attribute("encoding"))
        case .description, .data: break
        }
    }

    /// What the end of an element says.
    func end(_ node: Node) throws(XMLError) {
        switch node.element {
        case .description: endDescription(node)
        case .info:
            if var done = info {
                let words = trimmedText
                done.text = words.isEmpty ? nil : words
                add(done)
            }
            info = nil
        case .field, .param:
            if let draft { add(draft) }
            draft = nil
        case .group: if let group = groups.popLast() { add(group) }
        case .cell: try rows?.endCell(&text, self)
        case .row: rows?.endRow(self)
        case .stream: rows?.endStream(self)
        case .tableData: rows?.flush(self)
        case .table: endTable()
        case .resource:
            guard let resource = resources.popLast() else { return }
            if resources.isEmpty {
                document.resources.append(resource)
            } else {
                resources[resources.count - 1].resources.append(resource)
            }
        default: break
        }
    }

    private func beginDocument(_ source: XMLStreamElement, _ place: Place) {
        document.version = source.attribute("version") ?? "1.3"
        if source.attribute("version") == nil {
            remarks.add(.noVersion, place, "the version is not stated; 1.3 is taken")
        } else if !["1.1", "1.2", "1.3", "1.4", "1.5"].contains(document.version) {
            remarks.add(.version, place, "version \(document.version.prefix(16)) is none from 1.1 to 1.5")
        }
        guard let namespace = source.namespaceURI, !namespace.isEmpty else {
            return remarks.add(.noNamespace, place, "VOTABLE has no XML namespace")
        }
        let number = min(max(version, 11), 13)
        let expected = "http://www.ivoa.net/xml/VOTable/v1.\(number - 10)"
        if namespace != expected {
            remarks.add(.namespace, place, "the namespace is \(namespace.prefix(64)) instead of \(expected)")
        }
    }

    private func endTable() {
        guard var done = table else { return }
        rows?.end(&done, self)
        if done.columns.isEmpty, let rows, rows.hasData {
            remarks.add(.noFields, rows.place, "the table has no FIELD, so that its data mean nothing")
        }
        table = nil
        rows = nil
        if !resources.isEmpty { resources[resources.count - 1].tables.append(done) }
    }

    private func endDescription(_ node: Node) {
        let words = String(decoding: text, as: UTF8.self)
        func set(_ old: inout String?) {
            if old != nil {
                remarks.add(.descriptions, node.place, "there is more than one DESCRIPTION; the last is taken")
            }
            old = words
        }
        switch nodes.last?.element {
        case .votable: set(&document.description)
        case .resource: if !resources.isEmpty { set(&resources[resources.count - 1].description) }
        case .table:
            if var changed = table {
                set(&changed.description)
                table = changed
            }
        case .group: if !groups.isEmpty { set(&groups[groups.count - 1].description) }
        case .field, .param:
            if var changed = draft {
                set(&changed.field.description)
                draft = changed
            }
        default: break
        }
    }

    var trimmedText: String {
        let start = text.firstIndex { !CellText.isBlank($0) } ?? text.endIndex
        let end = text.lastIndex { !CellText.isBlank($0) }.map { $0 + 1 } ?? start
        return String(decoding: text[start..<end], as: UTF8.self)
    }

    private func beginCoordinateSystem(_ source: XMLStreamElement, _ place: Place) {
        let id = identifier(source, place)
        if id == nil { remarks.add(.coordinateSystemID, place, "a COOSYS needs an ID") }
        var system = VOTableCoordinateSystem(
            id: id ?? "", system: source.attribute("system") ?? "eq_FK5", equinox: source.attribute("equinox"),
            epoch: source.attribute("epoch"))
        system.referencePosition = source.attribute("refposition")
        if resources.isEmpty {
            document.coordinateSystems.append(system)
        } else {
            resources[resources.count - 1].coordinateSystems.append(system)
        }
    }

    private func beginTimeSystem(_ source: XMLStreamElement, _ place: Place) {
        if version < 14 {
            remarks.add(.timeSystem, place, "TIMESYS came with version 1.4, and this is \(document.version)")
        }
        let id = identifier(source, place)
        if id == nil { remarks.add(.timeSystemID, place, "a TIMESYS needs an ID") }
        var origin: VOTableTimeSystem.Origin?
        switch source.attribute("timeorigin") {
        case nil: break
        case "MJD-origin": origin = .modifiedJulianDate
        case "JD-origin": origin = .julianDate
        case let text?:
            origin = Double(text).map { .since(julianDate: $0) }
            if origin == nil { remarks.add(.timeOrigin, place, "the time origin \"\(text.prefix(24))\" is none") }
        }
        let system = VOTableTimeSystem(
            id: id ?? "", origin: origin, timescale: source.attribute("timescale") ?? "UNKNOWN",
            referencePosition: source.attribute("refposition") ?? "UNKNOWN")
        if resources.isEmpty {
            document.timeSystems.append(system)
        } else {
            resources[resources.count - 1].timeSystems.append(system)
        }
    }
}
