// SPDX-License-Identifier: Apache-2.0
import Testing
import VOEvent

@Test func `The JSON of a report has the promised keys in their order`() {
    let bytes = Array(
        "<v:VOEvent xmlns:v='http://www.ivoa.net/xml/VOEvent/v2.0'\n version='2.0' ivorn='ivo://abc/d#1' role='\"\\'/>"
            .utf8)
    let report = VOEventValidator().validate(bytes, file: "a \"b\"\n.xml")
    let expected =
        #"{"file": "a \"b\"\n.xml", "well_formed": true, "version": "2.0", "valid": false, "errors": "#
        + #"[{"line": 2, "column": 44, "#
        + #""message": "role \"\"\\\" of VOEvent is not one of: observation, prediction, utility, test"}], "warnings": []}"#
    #expect(report.json == expected)
}

@Test func `A report for people begins each line with file, line and column`() {
    let report = VOEventValidator().validate(packetBytes("\n<What/><What/>"), file: "x.xml")
    #expect(report.text == "x.xml:2:8: error: What stands more than once in VOEvent\nx.xml: not a valid VOEvent 2.0")
    #expect(VOEventValidator().validate(packetBytes("<What/>"), file: "x.xml").text == "x.xml: valid VOEvent 2.0")
    let unread = ValidationReport(unreadable: "x.xml", reason: "is a directory")
    #expect(unread.text == "x.xml: error: is a directory" && !unread.passes)
}

@Test func `Findings beyond a hundred are counted`() {
    let report = VOEventValidator().validate(packetBytes(String(repeating: "<Nonsense/>", count: 250)))
    #expect(report.errors.count == 101 && report.errors.last?.message == "and 150 more like these")
}

@Test func `Thousands of attributes are invalid, not unreadable`() {
    let attributes = (0..<3000).map { "a\($0)='x'" }.joined(separator: " ")
    let report = VOEventValidator().validate(packetBytes("<What><Param \(attributes)/></What>"))
    #expect(report.wellFormed && report.valid == false && report.errors.count == 101)
}

@Test func `What is no VOEvent or no XML is told apart`() {
    let page = VOEventValidator().validate(Array("<html/>".utf8))
    #expect(page.wellFormed && page.valid == false && page.errors.first?.message.contains("\"html\"") == true)
    let text = VOEventValidator().validate(Array("hello".utf8))
    #expect(!text.wellFormed && text.valid == false && text.version == nil && text.errors.count == 1)
}

@Test func `An external entity makes a packet invalid and is named with its place`() {
    let bytes =
        Array("<!DOCTYPE v [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>".utf8)
        + packetBytes("<Description>&x;</Description>")
    let report = VOEventValidator().validate(bytes)
    #expect(report.wellFormed && report.valid == false)
    #expect(report.errors.count == 1 && report.errors[0].message.contains("entity \"x\"") && report.errors[0].line == 1)
}

@Test func `Text from a packet cannot play with the terminal`() {
    let report = VOEventValidator().validate(
        packetBytes("<Who><Date>&#x9b;31m\u{7F}\(String(repeating: "y", count: 500))</Date></Who>"))
    #expect(
        report.text.unicodeScalars.allSatisfy { $0 == "\n" || ($0.value >= 0x20 && !(0x7F...0x9F).contains($0.value)) })
    #expect(report.text.count < 400)
}

@Test func `A finding that quotes a packet is cut`() {
    let name = String(repeating: "é", count: 9000)
    let packet = Array("<VOEvent version='2.0' ivorn='ivo://a.b/c#d'><Who><\(name)/></Who><\(name)/></VOEvent>".utf8)
    let findings = VOEventValidator().validate(packet).errors
    #expect(!findings.isEmpty && findings.allSatisfy { $0.message.unicodeScalars.count <= 500 })
    let root = #expect(throws: VOEventError.self) { try VOEventReader().read(Array("<\(name)/>".utf8)) }
    #expect((root?.description.count ?? .max) < 500)
}
