// SPDX-License-Identifier: Apache-2.0
import UTC
import XML

extension MeaningCheck {
    mutating func checkWhat(_ what: XMLElement) {
        checkParams(in: what, "What")
        checkNames(of: what.children("Group"), "Group", in: "What")
        for group in what.children("Group") {
            let name = group.attribute("name").map { "Group \(Finding.quoted($0))" } ?? "Group"
            if group.children("Param").isEmpty { warn(group, "\(name) holds no Param") }
            checkParams(in: group, name)
        }
        for table in what.children("Table") { checkTable(table) }
    }

    private mutating func checkParams(in element: XMLElement, _ scope: String) {
        let params = element.children("Param")
        checkNames(of: params, "Param", in: scope)
        for param in params {
            guard let name = param.attribute("name") else {
                warn(param, "a Param of \(scope) has no name")
                continue
            }
            guard let value = param.attribute("value") ?? param.childText("Value") else {
                warn(param, "Param \(Finding.quoted(name)) has no value")
                continue
            }
            let place = "value \(Finding.quoted(value)) of Param \(Finding.quoted(name))"
            if let fault = typeFault(value, type: param.attribute("dataType")) {
                warn(param, attribute: "value", "\(place) \(fault)")
            }
            if MeaningCheck.looksLikeDate(value), UTCInstant(iso8601: XSDLexical.collapsed(value)) == nil {
                warn(param, attribute: "value", "\(place) looks like a time but is not ISO 8601")
            }
        }
    }

    private mutating func checkNames(of elements: [XMLElement], _ kind: String, in scope: String) {
        var seen: Set<String> = []
        for element in elements {
            guard let name = element.attribute("name") else { continue }
            if !seen.insert(name).inserted {
                warn(element, attribute: "name", "\(kind) \(Finding.quoted(name)) stands more than once in \(scope)")
            }
        }
    }

    private mutating func checkTable(_ table: XMLElement) {
        let name = table.attribute("name").map { "Table \(Finding.quoted($0))" } ?? "Table"
        checkParams(in: table, name)
        let fields = table.children("Field")
        checkNames(of: fields, "Field", in: name)
        let data = table.children("Data")
        if fields.isEmpty { warn(table, "\(name) has no Field") }
        if data.isEmpty { warn(table, "\(name) has no Data") }
        for row in data.flatMap({ $0.children("TR") }) {
            let cells = row.children("TD")
            if cells.count != fields.count {
                warn(row, "a row of \(name) has \(cells.count) cells for \(fields.count) columns")
            }
            for (cell, field) in zip(cells, fields) where !cell.trimmedText.isEmpty {
                guard let fault = typeFault(cell.text, type: field.attribute("dataType")) else { continue }
                let column = Finding.quoted(field.attribute("name") ?? "")
                warn(cell, "cell \(Finding.quoted(cell.trimmedText)) of column \(column) \(fault)")
            }
        }
    }

    /// What is wrong with a value of a declared type; nil if nothing, or if the type is for the schema to refuse.
    private func typeFault(_ value: String, type: String?) -> String? {
        switch type.flatMap(What.DataType.init(rawValue:)) {
        case .float: XSDLexical.float(value) == nil ? "is not a number, though declared float" : nil
        case .int: Int(XSDLexical.collapsed(value)) == nil ? "is not a whole number, though declared int" : nil
        case .string, nil: nil
        }
    }

    /// True for texts that begin with four digits, two and two, separated by anything but digits: dates as people
    /// write them.
    static func looksLikeDate(_ text: String) -> Bool {
        let bytes = Array(XSDLexical.collapsed(text).utf8.prefix(11))
        guard bytes.count >= 10 else { return false }
        let digits = bytes.map { (48...57).contains($0) }
        let pattern = [true, true, true, true, false, true, true, false, true, true]
        return Array(digits.prefix(10)) == pattern && (bytes.count == 10 || !digits[10]) && bytes[4] == bytes[7]
            && "-_/.:".utf8.contains(bytes[4])
    }
}
