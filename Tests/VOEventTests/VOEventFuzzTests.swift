// SPDX-License-Identifier: Apache-2.0
import Testing
import VOEvent

/// SplitMix64: the same seed gives the same numbers on every machine.
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

private let words = [
    "<What>", "</What>", "<Param name='a' value='1'/>", "<Who/>", "<WhereWhen/>", "<ObsDataLocation>", "ivorn=''",
    "2.1",
    "&#0;", "&amp;", "xmlns='u'", "<Date>2018</Date>", "\u{0}", "é", "1e999", "INF", "<Table><Data/></Table>", "<!--",
    "]]>",
]

@Test func `Mutated packets always end in a report whose findings have a place in them`() {
    var generator = SeededGenerator(state: 20_260_301)
    let seed = packetBytes(
        """
        <Who><AuthorIVORN>ivo://a.b/c</AuthorIVORN><Date>2018-05-22T05:30:07</Date></Who><What><Group name='g'><Param name='a'
        value='1' dataType='int'/></Group></What><WhereWhen><ObsDataLocation><ObservatoryLocation/><ObservationLocation>
        <AstroCoordSystem id='UTC-ICRS-TOPO'/><AstroCoords coord_system_id='UTC-ICRS-TOPO'><Time><TimeInstant>
        <ISOTime>2018-05-22T05:30:07</ISOTime></TimeInstant></Time></AstroCoords></ObservationLocation></ObsDataLocation>
        </WhereWhen><Why importance='0.1'><Name>n</Name></Why>
        """)
    var outcomes: Set<String> = []
    for _ in 0..<2000 {
        var bytes = seed
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 0...30, using: &generator)))
            case 2: bytes.insert(contentsOf: (words.randomElement(using: &generator) ?? "").utf8, at: place)
            default: bytes[place] = Array("0123456789azAZ<>/='\" ".utf8).randomElement(using: &generator) ?? 0
            }
            if bytes.isEmpty { bytes = [0x3C] }
        }
        let lines = bytes.count { $0 == 10 } + 1
        let report = VOEventValidator().validate(bytes)
        outcomes.insert("\(report.wellFormed) \(String(describing: report.valid))")
        #expect((report.errors + report.warnings).allSatisfy { (0...lines).contains($0.line) })
        #expect(report.valid != false || !report.errors.isEmpty)
        let packet = try? VOEventReader().read(bytes).packet
        #expect(report.wellFormed || packet == nil)
        // Whatever was read, the author either refuses or writes something valid.
        if let packet, let written = try? VOEventAuthor().write(packet) {
            #expect(VOEventValidator().validate(written).valid == true)
        }
    }
    #expect(outcomes.isSuperset(of: ["true Optional(true)", "true Optional(false)", "false Optional(false)"]))
}
