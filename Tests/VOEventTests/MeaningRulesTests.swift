// SPDX-License-Identifier: Apache-2.0
import Testing
import VOEvent

private let who = "<Who><AuthorIVORN>ivo://psws.test/me</AuthorIVORN><Date>2018-05-22T05:30:07Z</Date></Who>"

private func warnings(_ content: String, version: String = "2.0", attributes: String = "role='test'") -> [String] {
    let report = VOEventValidator().validate(packetBytes(content, version: version, attributes: attributes))
    #expect(report.valid == true, "\(report.errors)")
    return report.warnings.map(\.message)
}

@Test func `A good packet has no warnings`() {
    #expect(warnings(who).isEmpty)
}

@Test(arguments: [
    ("<Who/>", "names no author"), ("<Who/>", "no Date"),
    ("<Who><AuthorIVORN>me</AuthorIVORN></Who>", "AuthorIVORN \"me\" does not begin"),
    (
        "<What><Param name='a' value='1'/><Param name='a' value='2'/></What>",
        "Param \"a\" stands more than once in What"
    ),
    ("<What><Group name='g'/></What>", "Group \"g\" holds no Param"),
    ("<What><Group name='g'><Param name='a' value='1'/><Param name='a' value='2'/></Group></What>", "in Group \"g\""),
    ("<What><Param value='1'/></What>", "has no name"), ("<What><Param name='a'/></What>", "has no value"),
    ("<What><Param name='a' value='x' dataType='float'/></What>", "not a number, though declared float"),
    ("<What><Param name='a' value='1.5' dataType='int'/></What>", "not a whole number"),
    ("<What><Param name='t' value='2018_05_22T09:00:00.000'/></What>", "not ISO 8601"),
    ("<What><Table><Field name='a'/></Table></What>", "has no Data"),
    (
        "<What><Table><Field name='a'/><Data><TR><TD>1</TD><TD>2</TD></TR></Data></Table></What>",
        "2 cells for 1 columns"
    ),
    ("<What><Table><Field name='a' dataType='int'/><Data><TR><TD>x</TD></TR></Data></Table></What>", "column \"a\""),
    ("<Why importance='1.5'><Name>x</Name></Why>", "importance \"1.5\" is not between 0 and 1"),
    ("<Why><Concept/></Why>", "Concept in Why is empty"),
    ("<Citations><EventIVORN>ivo://psws.test/a#0</EventIVORN></Citations>", "does not say with cite"),
    ("<Citations><EventIVORN cite='followup'>ivo://psws.test/a#1</EventIVORN></Citations>", "cites itself"),
    ("<Citations><EventIVORN cite='followup'>a</EventIVORN></Citations>", "EventIVORN \"a\" does not begin"),
])
func `What the schema lets pass but means nothing is a warning`(content: String, words: String) {
    let found = warnings(content)
    #expect(found.contains { $0.contains(words) }, "\(found)")
}

@Test func `Times and coordinate systems are looked at`() {
    func location(_ system: String, _ coordinates: String) -> [String] {
        warnings(
            who + "<WhereWhen><ObsDataLocation><ObservatoryLocation/><ObservationLocation>\(system)\(coordinates)"
                + "</ObservationLocation></ObsDataLocation></WhereWhen>")
    }
    let empty = location("<AstroCoordSystem/>", "<AstroCoords/>")
    #expect(empty.count == 5, "\(empty)")
    let good = "<AstroCoordSystem id='UTC-ICRS-TOPO'/>"
    func time(_ text: String, id: String = "UTC-ICRS-TOPO") -> String {
        "<AstroCoords coord_system_id='\(id)'><Time><TimeInstant><ISOTime>\(text)</ISOTime></TimeInstant></Time></AstroCoords>"
    }
    #expect(location(good, time("2018-05-22T05:30:07")).count == 1)
    #expect(location(good, time("yesterday")).contains { $0.contains("\"yesterday\" is not a time") })
    #expect(location(good, time("2018-05-22T05:30:07", id: "UTC-FK5-GEO")).contains { $0.contains("is not the id") })
}

@Test func `What Comet drops without a word is said`() {
    #expect(warnings(who, attributes: "").contains { $0.contains("role is missing") })
    let large = who + "<Description>" + String(repeating: "x", count: 100_000) + "</Description>"
    #expect(warnings(large).contains { $0.contains("Comet drops packets") })
    let doctype = Array("<!DOCTYPE x>".utf8) + packetBytes(who)
    #expect(VOEventValidator().validate(doctype).warnings.first?.message.contains("DOCTYPE") == true)
    #expect(VOEventValidator().validate(doctype).valid == true)
}

@Test func `The old contributor is deprecated in 2_1 only`() {
    let author =
        "<Who><AuthorIVORN>ivo://psws.test/me</AuthorIVORN><Date>2018-05-22T05:30:07Z</Date><Author><contributor>A</contributor></Author></Who>"
    #expect(warnings(author).isEmpty)
    #expect(warnings(author, version: "2.1").count == 1)
}
