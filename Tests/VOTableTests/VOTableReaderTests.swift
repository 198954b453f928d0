// SPDX-License-Identifier: Apache-2.0

import Testing
import XML

@testable import VOTable

/// The remarks of strict reading, or none.
func strictRemarks(_ text: String) -> [String] {
    do throws(VOTableReadingError) {
        return try VOTableReader(mode: .strict).read(Array(text.utf8)).diagnostics.map(\.description)
    } catch {
        return error.diagnostics.map(\.description)
    }
}

/// A document with one table, given what stands in TABLE.
func document(_ table: String, version: String = "1.4") -> String {
    let namespace = "http://www.ivoa.net/xml/VOTable/v1.\(version == "1.1" ? 1 : version == "1.2" ? 2 : 3)"
    return
        "<VOTABLE version=\"\(version)\" xmlns=\"\(namespace)\">\n<RESOURCE>\n<TABLE>\n\(table)\n</TABLE>\n</RESOURCE>\n</VOTABLE>"
}

@Suite struct VOTableReaderTests {
    private func table(_ text: String) throws -> VOTableTable {
        let reading = try VOTableReader(mode: .strict).read(Array(text.utf8))
        #expect(reading.diagnostics == [] && reading.isComplete)
        return try #require(reading.document.tables.first)
    }

    @Test(arguments: VOTableSerialisation.allCases)
    func `What was written is read, every type and every missing value`(form: VOTableSerialisation) throws {
        let written = completeDocument()
        let reading = try VOTableReader(mode: .strict).read(try VOTableWriter.write(written, as: form))
        #expect(reading.diagnostics == [])
        let (old, new) = (written.resources[0], reading.document.resources[0])
        #expect(new.timeSystems == old.timeSystems && new.coordinateSystems == old.coordinateSystems)
        #expect(new.infos == old.infos && new.links == old.links)
        #expect(new.parameters.map(\.value) == old.parameters.map(\.value))
        #expect(reading.document.description == "every type" && reading.document.version == "1.4")
        for (before, after) in zip(old.tables[0].columns, new.tables[0].columns) {
            #expect(before.field.name == after.field.name && before.field.unit == after.field.unit)
            switch (before.values, after.values) {
            case (.double(let a), .double(let b)): #expect(a[0] == b[0] && b[1]?.isNaN == true)
            // An empty text and none are the same as text, but not as bytes.
            case (.text(let a), .text(let b)):
                #expect(a[0] == b[0] && (b[1] == a[1] || (a[1] == "" && b[1] == nil)))
            case (let a, let b): #expect(a == b)
            }
        }
    }

    @Test func `Half a complex number is told, stays a pair and can be written`() throws {
        let text = document(
            """
            <FIELD name="a" datatype="floatComplex" arraysize="2x*"/><FIELD name="b" datatype="doubleComplex"/>
            <DATA><TABLEDATA><TR><TD>1</TD><TD>2 3 4</TD></TR></TABLEDATA></DATA>
            """)
        let reading = try VOTableReader().read(Array(text.utf8))
        #expect(reading.diagnostics.count { $0.code == .complex } == 2)
        guard case .cells(let cells) = reading.document.tables[0].columns[0].values else { return #expect(Bool(false)) }
        guard case .float(let numbers) = cells.elements else { return #expect(Bool(false)) }
        #expect(numbers.count == 2 && numbers[0] == 1 && numbers[1].isNaN)
        // A cell of one complex number cannot have two.
        #expect(throws: VOTableError.self) { try VOTableWriter.write(reading.document, as: .binary2) }
        var first = reading.document
        first.resources[0].tables[0].columns.removeLast()
        let written = try VOTableReader().read(try VOTableWriter.write(first, as: .binary2))
        #expect(written.isComplete && !written.diagnostics.contains { $0.code == .damagedStream })
    }

    @Test func `Arrays, complex numbers, bits and texts of several dimensions keep their cells`() throws {
        let fields = """
            <FIELD name="a" datatype="double" arraysize="3"/><FIELD name="b" datatype="int" arraysize="2x*"/>
            <FIELD name="c" datatype="floatComplex"/><FIELD name="d" datatype="bit" arraysize="*"/>
            <FIELD name="e" datatype="char" arraysize="4x*"/><FIELD name="f" datatype="boolean" arraysize="2"/>
            <FIELD name="g" datatype="unicodeChar" arraysize="8"/><FIELD name="h" datatype="unsignedByte"/>
            """
        let rows = """
            <TR><TD>1 2.5\n-3e-2</TD><TD>1 2 3 4</TD><TD>1 -2</TD><TD>10 01</TD><TD>ab  cdef</TD><TD>T F</TD><TD>µ€</TD><TD>0xfF</TD></TR>
            <TR><TD/><TD></TD><TD/><TD/><TD/><TD>? 1</TD><TD/><TD/></TR>
            """
        let first = try table(document("\(fields)<DATA><TABLEDATA>\(rows)</TABLEDATA></DATA>"))
        var bytes = VOTableDocument(resources: [VOTableResource(tables: [first])])
        bytes.description = nil
        let second = try table(String(decoding: try VOTableWriter.write(bytes, as: .binary2), as: UTF8.self))
        for columns in [first.columns, second.columns] {
            func cells(_ index: Int) throws -> VOTableCells {
                guard case .cells(let cells) = columns[index].values else {
                    throw VOTableError(.missing, place: "", message: "")
                }
                return cells
            }
            #expect(try cells(0).elements == .double([1, 2.5, -0.03]))
            #expect(try cells(0).nulls == [false, true] && cells(0).range(1).isEmpty)
            #expect(try cells(1).elements == .int([1, 2, 3, 4]) && cells(1).isNull(1))
            #expect(try cells(2).elements == .float([1, -2]) && cells(2).isNull(1))
            #expect(try cells(3).elements == .bit([true, false, false, true]))
            #expect(try cells(4).strings(0) == ["ab", "cdef"])
            #expect(try cells(5).elements == .boolean([true, false, nil, true]))
            #expect(columns[6].values == .text(["µ€", nil]))
            #expect(columns[7].values == .byte([255, nil]))
        }
    }

    @Test func `The null value of a field means no value`() throws {
        let field =
            "<FIELD name=\"n\" datatype=\"short\"><VALUES null=\"-99\"><MIN value=\"0\"/><OPTION value=\"3\"/></VALUES></FIELD>"
        let read = try table(
            document(
                "\(field)<DATA><TABLEDATA><TR><TD>-99</TD></TR><TR><TD>7</TD></TR></TABLEDATA></DATA>", version: "1.2"))
        #expect(read.columns[0].values == .short([nil, 7]))
        #expect(read.columns[0].field.domain == VOTableDomain(null: "-99", minimum: "0", options: ["3"]))
    }

    @Test func `BINARY of the first version has counts and no flags`() throws {
        // Two rows: an int and a text of any length.
        let bytes: [UInt8] = [0, 0, 0, 5, 0, 0, 0, 2, 104, 105, 255, 255, 255, 255, 0, 0, 0, 0]
        var encoder = Base64Encoder()
        var base64: [UInt8] = []
        encoder.encode(bytes, into: &base64)
        encoder.finish(into: &base64)
        let fields = "<FIELD name=\"n\" datatype=\"int\"/><FIELD name=\"t\" datatype=\"char\" arraysize=\"*\"/>"
        let text = String(decoding: base64, as: UTF8.self)
        let read = try table(
            document(
                "\(fields)<DATA><BINARY><STREAM encoding=\"base64\">\(text)</STREAM></BINARY></DATA>", version: "1.1"))
        #expect(read.columns[0].values == .int([5, -1]) && read.columns[1].values == .text(["hi", nil]))
    }

    @Test func `Groups, parameters and references are kept`() throws {
        let text = document(
            """
            <GROUP ID="g" name="pair" ucd="pos"><DESCRIPTION>both</DESCRIPTION><FIELDref ref="a"/><PARAMref ref="p"/>
            <PARAM name="q" datatype="int" value="4"/></GROUP><FIELD ID="a" name="a" datatype="int" unit="km"/>
            <PARAM ID="p" name="p" datatype="double" arraysize="2" value="1 2"/>
            """)
        let read = try table(text)
        let group = try #require(read.groups.first)
        #expect(group.columns == ["a"] && group.references == ["p"] && group.parameters[0].value == .int(4))
        #expect(read.parameters[0].value == .text("1 2") && group.description == "both")
        #expect(
            strictRemarks(text.replacing("ref=\"a\"", with: "ref=\"z\"")) == [
                "4:68: W43: FIELDref refers to \"z\", which is not there"
            ])
    }

    @Test(arguments: [1, 2, 3, 7, 64, 1000])
    func `Pieces of any length give the same`(length: Int) throws {
        for form in VOTableSerialisation.allCases {
            let bytes = try VOTableWriter.write(completeDocument(), as: form)
            let whole = try VOTableReader().read(bytes)
            let stream = try VOTableStreamReader(consumer: nil)
            for start in stride(from: 0, to: bytes.count, by: length) {
                try stream.feed(Array(bytes[start..<min(start + length, bytes.count)]))
            }
            let pieces = try stream.finish()
            let (found, expected) = ("\(pieces.document)", "\(whole.document)")
            #expect(found == expected)
            #expect(pieces.diagnostics == whole.diagnostics)
        }
    }

    @Test func `Rows are handed on in batches and the document keeps none`() throws {
        final class Counter: VOTableRowConsumer {
            var batches: [Int] = []
            var sum = 0.0
            var names: [String] = []
            func beginTable(_ table: VOTableTable) { names = table.columns.map(\.field.name) }
            func take(_ rows: VOTableRows) {
                batches.append(rows.firstRow)
                if case .double(let list) = rows.columns[0].elements { sum += list.reduce(0, +) }
            }
            func endTable() { names.append("end") }
        }
        let column = VOTableColumn(VOTableField("x"), .double((0..<1000).map { Double($0) }))
        let bytes = try VOTableWriter.write(
            VOTableDocument(resources: [VOTableResource(tables: [VOTableTable(columns: [column])])]))
        var limits = VOTableLimits()
        limits.batchRows = 100
        let counter = Counter()
        let stream = try VOTableStreamReader(limits: limits, consumer: counter)
        try stream.feed(bytes)
        let reading = try stream.finish()
        #expect(counter.batches == Array(stride(from: 0, to: 1000, by: 100)) && counter.sum == 499_500)
        #expect(counter.names == ["x", "end"] && reading.document.tables[0].rowCount == 0)
    }

    @Test func `Text in other encodings is read as a whole`() throws {
        let text = document("<DESCRIPTION>µ</DESCRIPTION><FIELD name=\"a\" datatype=\"int\"/>")
        let latin =
            Array("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>".utf8) + text.unicodeScalars.map { UInt8($0.value) }
        let wide: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        for bytes in [latin, wide] {
            #expect(try VOTableReader().read(bytes).document.tables[0].description == "µ")
        }
        let stream = try VOTableStreamReader(consumer: nil)
        #expect(throws: VOTableReadingError.self) { try stream.feed(wide) }
    }
}
