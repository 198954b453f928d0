// SPDX-License-Identifier: Apache-2.0

import Testing
import XML

@testable import VOTable

/// A table with every type, a missing value of each, and characters that XML has to escape.
func completeDocument() -> VOTableDocument {
    let columns = [
        VOTableColumn(
            VOTableField("time", id: "t", ucd: "time.epoch", xtype: "timestamp", reference: "utc"),
            .text(["2026-03-01T21:14:05.250Z", nil])),
        VOTableColumn(VOTableField("pdyn", unit: "nPa", ucd: "phys.pressure"), .double([0.1, .nan])),
        VOTableColumn(VOTableField("speed", unit: "km.s**-1", ucd: "phys.veloc"), .float([432.5, nil])),
        VOTableColumn(VOTableField("count", ucd: "meta.number"), .int([-7, nil])),
        VOTableColumn(VOTableField("frame", ucd: "meta.id"), .long([5_000_000_000, nil])),
        VOTableColumn(VOTableField("good", ucd: "meta.code.qual"), .boolean([true, nil])),
        VOTableColumn(VOTableField("note", ucd: "meta.note", description: "A < B & \"C\""), .text(["5 < 6 & µ", ""])),
    ]
    let resource = VOTableResource(
        name: "all", infos: [VOTableInfo(name: "CREATOR", value: "psws")],
        timeSystems: [VOTableTimeSystem(id: "utc", timescale: "UTC", referencePosition: "TOPOCENTER")],
        coordinateSystems: [VOTableCoordinateSystem(id: "sky", system: "ICRS", epoch: "J2000")],
        parameters: [VOTableParameter(VOTableField("threshold", unit: "nPa", ucd: "phys.pressure"), .double(1e-7))],
        links: [VOTableLink(address: "event.png", role: "doc", mediaType: "image/png", title: "picture")],
        tables: [VOTableTable(id: "rows", name: "rows", columns: columns)])
    return VOTableDocument(description: "every type", resources: [resource])
}

@Suite struct VOTableWriterTests {
    private func written(_ document: VOTableDocument) throws -> String {
        String(decoding: try VOTableWriter.write(document), as: UTF8.self)
    }

    @Test func `Every type is written with its datatype and an empty cell for no value`() throws {
        let text = try written(completeDocument())
        #expect(text.contains("<FIELD name=\"pdyn\" datatype=\"double\" unit=\"nPa\" ucd=\"phys.pressure\"/>"))
        #expect(text.contains("<FIELD name=\"speed\" datatype=\"float\" unit=\"km.s**-1\" ucd=\"phys.veloc\"/>"))
        #expect(text.contains("name=\"count\" datatype=\"int\""))
        #expect(text.contains("name=\"frame\" datatype=\"long\""))
        #expect(text.contains("name=\"good\" datatype=\"boolean\""))
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("<TR>") }
        #expect(
            rows == [
                "<TR><TD>2026-03-01T21:14:05.250Z</TD><TD>0.1</TD><TD>432.5</TD><TD>-7</TD><TD>5000000000</TD>"
                    + "<TD>true</TD><TD>5 &lt; 6 &amp; µ</TD></TR>",
                "<TR><TD/><TD>NaN</TD><TD/><TD/><TD/><TD/><TD></TD></TR>",
            ])
    }

    @Test func `Text has an arraysize and is unicodeChar only where it must be`() throws {
        let text = try written(completeDocument())
        #expect(text.contains("name=\"time\" datatype=\"char\" arraysize=\"*\""))
        #expect(text.contains("name=\"note\" datatype=\"unicodeChar\" arraysize=\"*\""))
    }

    @Test func `The document reads back as well-formed XML in the order of the schema`() throws {
        let root = try XMLReader().read(try VOTableWriter.write(completeDocument())).root
        #expect(root.localName == "VOTABLE")
        let resource = try #require(root.elements.last)
        #expect(
            resource.elements.map(\.localName) == ["INFO", "COOSYS", "TIMESYS", "PARAM", "LINK", "TABLE"])
        let table = try #require(resource.elements.last)
        #expect(table.elements.map(\.localName) == Array(repeating: "FIELD", count: 7) + ["DATA"])
    }

    @Test func `Numbers read back exactly and infinities have the words of the standard`() {
        for number in [0.1, 1e-7, .leastNonzeroMagnitude, 1.7976931348623157e308, -0.0, 123_456_789.123] {
            #expect(Double(VOTableText.number(number)) == number)
        }
        #expect(VOTableText.number(Double.infinity) == "+Inf")
        #expect(VOTableText.number(-Double.infinity) == "-Inf")
        #expect(VOTableText.number(Float(0.1)) == "0.1")
    }

    @Test func `A control character is refused with a message`() {
        var document = completeDocument()
        document.description = "bell \u{7}"
        #expect { try VOTableWriter.write(document) } throws: {
            ($0 as? VOTableError)?.code == .notWritable
        }
    }

    @Test func `A table of no rows is written`() throws {
        let table = VOTableTable(columns: [VOTableColumn(VOTableField("a"), .double([]))])
        let text = try written(VOTableDocument(resources: [VOTableResource(tables: [table])]))
        #expect(text.contains("nrows=\"0\""))
        #expect(text.contains("<TABLEDATA/>"))
    }
}
