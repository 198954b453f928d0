// SPDX-License-Identifier: Apache-2.0
import Testing
import VOEvent

/// A packet of a version with the given content; `attributes` stand on the root after version and ivorn.
func packetBytes(_ content: String, version: String = "2.0", attributes: String = "role='test'") -> [UInt8] {
    Array(
        """
        <v:VOEvent xmlns:v='http://www.ivoa.net/xml/VOEvent/v\(version)' version='\(version)' \
        ivorn='ivo://psws.test/a#1' \(attributes)>\(content)</v:VOEvent>
        """.utf8)
}

private func errors(_ content: String, version: String = "2.0", attributes: String = "role='test'") -> [String] {
    let report = VOEventValidator().validate(packetBytes(content, version: version, attributes: attributes))
    #expect(report.wellFormed && report.version == version && report.valid == report.errors.isEmpty)
    return report.errors.map(\.message)
}

private func whereWhen(_ observation: String, observatory: String = "<ObservatoryLocation id='x'/>") -> String {
    "<WhereWhen><ObsDataLocation>\(observatory)\(observation)</ObsDataLocation></WhereWhen>"
}

private func coordinates(_ content: String, id: String = "UTC-ICRS-TOPO") -> String {
    whereWhen(
        "<ObservationLocation><AstroCoordSystem id='\(id)'/><AstroCoords coord_system_id='\(id)'>\(content)"
            + "</AstroCoords></ObservationLocation>")
}

@Test(arguments: [
    "", "<What/>", "<What><Group/><Table/><Param/></What>", "<How><Description/></How>", "<Why><Name/></Why>",
    "<Reference uri='x'/><Description/><Citations><EventIVORN>x</EventIVORN></Citations>",
    "<Who><Date>2018-05-22T05:30:07</Date><AuthorIVORN>ivo://x</AuthorIVORN></Who>",
    "<What><Table><Field/><Data><TR><TD/></TR></Data><Data><TR><TD>x</TD></TR></Data></Table></What>",
    "<Why importance='7' expires='2018-05-22T05:30:07Z'><Inference probability='1.0'><Name/></Inference></Why>",
    "<What><Param name='a' value='x' dataType='float'/></What>",
])
func `What the schema of 2_0 allows has no errors`(content: String) {
    #expect(errors(content).isEmpty)
}

@Test(arguments: [
    ("<Extra/>", "cannot stand in VOEvent"), ("text", "has the text"), ("<Who/><Who/>", "more than once"),
    ("<How/>", "at least one"), ("<Why/>", "at least one"), ("<Who><Author/></Who>", "at least one"),
    ("<Why><Inference/></Why>", "at least one"), ("<What><Table><Data/></Table></What>", "at least one"),
    ("<What><Table><Data><TR/></Data></Table></What>", "at least one"), ("<Citations/>", "EventIVORN is missing"),
    ("<Citations><Description/><EventIVORN/></Citations>", "must stand before"),
    ("<Citations><EventIVORN/><Description/><Description/></Citations>", "only one Description"),
    ("<What><Group><Group/></Group></What>", "cannot stand in Group"),
    ("<What><Param>x</Param></What>", "has the text"),
    ("<What><Param datatype='x'/></What>", "not one of Param"),
    ("<What><Param dataType='bool'/></What>", "not one of: string"),
    ("<Reference/>", "\"uri\" of Reference is missing"), ("<Reference uri='x'> </Reference>", "must be empty"),
    ("<Reference uri='x'><a/></Reference>", "it must be empty"), ("<Reference uri='%'/>", "not a URI"),
    ("<Description><b/></Description>", "holds text only"),
    ("<Who><Date>2018_05_22T05:30:07</Date></Who>", "YYYY-MM-DD"),
    ("<Who><Date> 2018-05-22T05:30:07 </Date></Who>", "white space"),
    ("<Why importance='high'><Name/></Why>", "not a number"),
    ("<Why><Inference probability='1.5'><Name/></Inference></Why>", "between 0 and 1"),
    ("<Citations><EventIVORN cite='update'>x</EventIVORN></Citations>", "not one of: followup"),
    ("<WhereWhen id='1'/>", "not a name"), ("<What xml:lang='en'/>", "not one of What"),
    ("<What xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:nil='true'/>", "not allowed"),
    ("<What xmlns='urn:other'/>", "namespace"), ("<u:What/>", "not defined"),
])
func `What the schema of 2_0 forbids is one error in words`(content: String, words: String) {
    let found = errors(content)
    #expect(found.count == 1 && found[0].contains(words), "\(found)")
}

@Test func `The root is held to its attributes`() {
    #expect(errors("", attributes: "role='alert'").first?.contains("not one of: observation") == true)
    #expect(errors("", attributes: "priority='1'").first?.contains("priority") == true)
    let missing = Array("<v:VOEvent xmlns:v='http://www.ivoa.net/xml/VOEvent/v2.0'/>".utf8)
    let report = VOEventValidator().validate(missing)
    #expect(report.valid == false && report.version == nil && report.errors.count == 2)
    let bare = VOEventValidator().validate(Array("<VOEvent version='2.0' ivorn='x'/>".utf8))
    #expect(bare.valid == false && bare.errors.count == 1 && bare.errors[0].message.contains("in no namespace"))
}

@Test func `A default namespace is complained about once for each part, not for everything in it`() {
    let text = """
        <VOEvent xmlns='http://www.ivoa.net/xml/VOEvent/v2.0' version='2.0' ivorn='x'><Who><Date>x</Date></Who>\
        <What><Param/><Param/></What></VOEvent>
        """
    let found = VOEventValidator().validate(Array(text.utf8)).errors
    #expect(found.count == 3 && found.count { $0.message.contains("namespace") } == 2, "\(found)")
}

@Test func `Place and time of 2_0 need both locations and known systems`() {
    #expect(errors(coordinates("<Time><TimeInstant/><Error>1</Error></Time>")).isEmpty)
    #expect(errors(whereWhen("")).contains { $0.contains("ObservationLocation is missing") })
    #expect(errors(whereWhen("<ObservationLocation/>")).count == 2)
    #expect(errors(coordinates("", id: "UTC-HGS-TOPO")).count == 2)
    #expect(errors(coordinates("<Position2D><Value2><C1>1</C1><C2>2</C2></Value2></Position2D>")).count == 1)
    #expect(
        errors(coordinates("<Position2D><Value2><C1>12:00:01</C1></Value2><Error2Radius>1</Error2Radius></Position2D>"))
            .count == 2)
    #expect(errors(coordinates("<Position3D><Value3><C1>1</C1><C2>2</C2><C3>3</C3></Value3></Position3D>")).isEmpty)
    #expect(errors(coordinates("<Time><TimeInterval/></Time>")).first?.contains("TimeInterval") == true)
}

@Test func `Version 2_1 has intervals, names of places, free systems and contributors`() {
    let frame = """
        <ObservationLocation><AstroCoordSystem id='J'><TimeFrame><ReferencePosition>Jupiter</ReferencePosition>\
        <TimeScale>UTC</TimeScale></TimeFrame><SpaceFrame id='S'><SpaceRefFrame>HGS</SpaceRefFrame></SpaceFrame>\
        </AstroCoordSystem><AstroCoords coord_system_id='J'><Time><TimeInterval><ISOTimeStart>x</ISOTimeStart>\
        <ISOTimeStop>y</ISOTimeStop></TimeInterval><Error>1</Error></Time><PositionName>Jupiter</PositionName>\
        <Position2D><Value2><C1 ucd='pos' pos_unit='deg'>1</C1><C2>2</C2></Value2><Error2><C1>1</C1></Error2>\
        </Position2D></AstroCoords></ObservationLocation>
        """
    #expect(errors(whereWhen(frame), version: "2.1").isEmpty)
    #expect(errors(whereWhen(frame)).count > 5)
    let author = "<Who><Author><Contributor role='DataCollector' ivorn='ivo://x'>A B</Contributor></Author></Who>"
    #expect(errors(author, version: "2.1").isEmpty)
    #expect(errors(author.replacing("DataCollector", with: "Friend"), version: "2.1").count == 1)
}

@Test func `Version 2_1 has an order, and identifiers only once`() {
    let late = "<PositionName>Jupiter</PositionName><Time/>"
    #expect(errors(coordinates(late, id: "J"), version: "2.1").first?.contains("must stand before") == true)
    let both = "<Time><TimeInstant/><TimeInterval/></Time>"
    #expect(errors(coordinates(both, id: "J"), version: "2.1").first?.contains("TimeInstant or TimeInterval") == true)
    let twice = "<ObservatoryLocation><AstroCoordSystem id='J'/></ObservatoryLocation>"
    let location = "<ObservationLocation><AstroCoordSystem id='J'/><AstroCoords/></ObservationLocation>"
    #expect(
        errors(whereWhen(location, observatory: twice), version: "2.1") == [
            "id \"J\" stands more than once in the packet"
        ])
}

@Test func `The schema asked can be another than the packet's`() {
    let bytes = packetBytes("<What/>")
    #expect(VOEventValidator().validate(bytes, against: .v2_0).valid == true)
    #expect(VOEventValidator().validate(bytes, against: .v2_1).valid == false)
}

@Test func `A version without a schema in use is neither valid nor invalid`() {
    let old = Array(
        "<v:VOEvent xmlns:v='http://www.ivoa.net/xml/VOEvent/v1.1' version='1.1' ivorn='ivo://abc/d#1' role='test'/>"
            .utf8)
    let report = VOEventValidator().validate(old)
    #expect(report.valid == nil && report.passes && report.errors.isEmpty && report.version == "1.1")
    let broken = VOEventValidator().validate(Array("<VOEvent version='1.1' role='ack'/>".utf8))
    #expect(broken.valid == nil && !broken.passes && broken.errors.count == 2)
    #expect(VOEventValidator().validate(Array("<VOEvent version='9'/>".utf8)).valid == nil)
}
