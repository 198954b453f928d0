// SPDX-License-Identifier: Apache-2.0
import Testing
import UTC
import VOEvent

private func read(_ text: String) throws -> VOEventPacket { try VOEventReader().read(Array(text.utf8)).packet }

@Test func `A packet of 2_0 is read whole`() throws {
    let bytes = packetBytes(
        """
        <Who><AuthorIVORN> ivo://psws.test/me </AuthorIVORN><Date>2018-05-22T05:30:07</Date>
        <Author><title>T</title><contactName>C</contactName><contributor>D</contributor></Author></Who>
        <What><Description>d</Description><Param name='a' value='1.5' unit='s' ucd='time' dataType='float'/>
        <Group name='g' type='t'><Param name='b'><Value>7</Value><Description>x</Description></Param></Group>
        <Table name='t'><Param name='p' value='1'/><Field name='c' dataType='float' unit='m'/><Field name='d'/>
        <Data><TR><TD>1.5</TD><TD>x</TD></TR><TR><TD>oops</TD></TR></Data></Table><Reference uri=' u '/></What>
        <WhereWhen id='W'><ObsDataLocation><ObservatoryLocation id='O'/><ObservationLocation>
        <AstroCoordSystem id='UTC-FK5-GEO'/><AstroCoords coord_system_id='UTC-FK5-GEO'><Time unit='s'><TimeInstant>
        <ISOTime>2018-05-22T05:30:07.5</ISOTime></TimeInstant><Error>0.5</Error></Time><Position2D unit='deg'>
        <Name1>RA</Name1><Name2>Dec</Name2><Value2><C1>10.5</C1><C2>-20</C2></Value2><Error2Radius>0.1</Error2Radius>
        </Position2D></AstroCoords></ObservationLocation></ObsDataLocation></WhereWhen>
        <How><Description>h</Description><Reference uri='v' mimetype='image/png'/></How>
        <Why importance='0.5' expires='2018-06-01T00:00:00'><Concept>c</Concept><Inference probability='0.9' relation='r'>
        <Name>n</Name></Inference></Why>
        <Citations><EventIVORN cite='followup'>ivo://psws.test/a#0</EventIVORN></Citations>
        """)
    let received = try VOEventReader().read(bytes)
    let packet = received.packet
    #expect(packet.ivorn == "ivo://psws.test/a#1" && packet.role == .test && packet.version == .v2_0)
    #expect(received.bytes == bytes && received.identityRange == 0..<bytes.count && received.declaredRole == "test")
    #expect(packet.who?.authorIVORN == "ivo://psws.test/me")
    #expect(packet.who?.instant == UTCInstant(iso8601: "2018-05-22T05:30:07Z"))
    #expect(packet.who?.author?.contributors.map(\.name) == ["D"])
    let what = try #require(packet.what)
    #expect(what.items.count == 5 && what.param("a")?.doubleValue == 1.5 && what.param("a")?.unit == "s")
    #expect(what.group("g")?.param("b")?.intValue == 7)
    #expect(what.tables.first?.rows.count == 2 && what.tables.first?.numbers(column: 0).first == 1.5)
    #expect(what.tables.first?.numbers(column: 0).last?.isNaN == true)
    #expect(what.tables.first?.numbers(column: 9).count == 2)
    #expect(what.items.last == .reference(EventReference(uri: "u")))
    let coordinates = try #require(packet.whereWhen?.observation?.coordinates)
    #expect(packet.whereWhen?.observatory?.id == "O" && coordinates.time?.error == 0.5)
    #expect(coordinates.time?.start == UTCInstant(iso8601: "2018-05-22T05:30:07.5Z"))
    #expect(coordinates.position2D?.values == [10.5, -20] && coordinates.position2D?.names == ["RA", "Dec"])
    #expect(packet.how?.references.first?.mimetype == "image/png")
    #expect(packet.why?.inferences.first?.probability == 0.9 && packet.why?.importance == 0.5)
    #expect(packet.citations?.events == [Citation("ivo://psws.test/a#0", kind: .followup)])
}

@Test func `Numbers that are none are NaN, and what is missing is nil`() throws {
    let packet = try read(
        """
        <VOEvent><What><Param name='a' value='many' dataType='int'/><Param/></What><WhereWhen><ObsDataLocation>
        <ObservationLocation><AstroCoords><Time><Error>?</Error></Time><Position2D><Value2><C1>12:00:01</C1></Value2>
        </Position2D></AstroCoords></ObservationLocation></ObsDataLocation></WhereWhen><Why importance='high'/></VOEvent>
        """)
    #expect(packet.ivorn.isEmpty && packet.role == .observation && packet.version == .v2_0 && packet.who == nil)
    #expect(packet.what?.param("a")?.doubleValue.isNaN == true && packet.what?.param("a")?.intValue == nil)
    let coordinates = try #require(packet.whereWhen?.observation?.coordinates)
    #expect(coordinates.time?.error?.isNaN == true && coordinates.time?.start == nil)
    #expect(coordinates.position2D?.values.allSatisfy(\.isNaN) == true && coordinates.position2D?.errorRadius == nil)
    #expect(packet.why?.importance?.isNaN == true)
}

@Test func `A place that says nothing is read as none`() throws {
    let packet = try read(
        """
        <VOEvent><WhereWhen><ObsDataLocation><ObservatoryLocation/><ObservationLocation/></ObsDataLocation></WhereWhen>
        </VOEvent>
        """)
    #expect(packet.whereWhen == WhereWhen(observatory: nil, observation: nil))
    let empty = try read("<VOEvent><WhereWhen/></VOEvent>")
    #expect(empty.whereWhen == packet.whereWhen)
}

@Test func `Packets of 1_1 are read in whatever namespace their parts are`() throws {
    let packet = try read(
        """
        <voe:VOEvent xmlns:voe='http://www.ivoa.net/xml/VOEvent/v1.1' ivorn='ivo://a.b/c#1' role='observation' version='1.1'>
        <What><Param name='a' value='1' units='s'/></What><WhereWhen><ObsDataLocation
        xmlns='http://www.ivoa.net/xml/STC/stc-v1.30.xsd'><ObservationLocation><AstroCoords coord_system_id='x'><Time
        unit='s'><TimeInstant><ISOTime>2008-08-21T08:43:11</ISOTime></TimeInstant></Time></AstroCoords>
        </ObservationLocation></ObsDataLocation></WhereWhen></voe:VOEvent>
        """)
    #expect(packet.version == .v1_1 && packet.what?.param("a")?.unit == "s")
    #expect(packet.whereWhen?.observation?.coordinates?.time?.start != nil)
}

@Test func `Packets of 2_1 have intervals and frames`() throws {
    let packet = try read(
        """
        <v:VOEvent xmlns:v='http://www.ivoa.net/xml/VOEvent/v2.1' ivorn='ivo://a.b/c?1'><Who><Author><Contributor
        role='Editor'>E</Contributor></Author></Who><WhereWhen><ObsDataLocation><ObservatoryLocation/><ObservationLocation>
        <AstroCoordSystem><TimeFrame><ReferencePosition>Jupiter</ReferencePosition></TimeFrame></AstroCoordSystem>
        <AstroCoords><Time><TimeInterval><ISOTimeStart>2018-10-03T10:00:00</ISOTimeStart>
        <ISOTimeStop>2018-10-04T01:00:00</ISOTimeStop></TimeInterval></Time><PositionName>Jupiter</PositionName>
        </AstroCoords></ObservationLocation></ObsDataLocation></WhereWhen></v:VOEvent>
        """)
    let observation = try #require(packet.whereWhen?.observation)
    #expect(packet.version == .v2_1 && packet.who?.author?.contributors.first?.role == "Editor")
    #expect(observation.system?.timeFrame?.referencePosition == "Jupiter")
    #expect(observation.coordinates?.positionName == "Jupiter")
    let time = try #require(observation.coordinates?.time)
    #expect(try #require(time.stop).seconds(since: try #require(time.start)) == 15 * 3600)
}

@Test func `What is no VOEvent is refused with a reason`() {
    for (text, code) in [("<html/>", VOEventError.Code.notVOEvent), ("", .notReadable), ("<VOEvent>", .notReadable)] {
        #expect { try VOEventReader().read(Array(text.utf8)) } throws: { ($0 as? VOEventError)?.code == code }
    }
}

@Test func `The bytes that tell packets apart leave prologue and epilogue out`() throws {
    let core = "<VOEvent ivorn='x'><What/></VOEvent>"
    let first = Array("<?xml version='1.0'?>\n\(core)".utf8)
    let second = Array("<!-- again -->\(core)\n<!-- end -->".utf8)
    let parts = try [first, second].map { Array($0[try VOEventReader().read($0).identityRange]) }
    #expect(parts[0] == parts[1] && parts[0] == Array(core.utf8))
}
