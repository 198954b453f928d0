// SPDX-License-Identifier: Apache-2.0
import Testing
import UTC
import VOEvent

/// A packet as an observatory box would write it.
private func flash(version: VOEventVersion = .v2_0) throws -> VOEventPacket {
    let time = try #require(UTCInstant(iso8601: "2026-03-01T21:14:05.250Z"))
    let ivorn = try #require(
        IVORN(authority: "psws.example", stream: "flashes", station: "box-1", time: time, shortID: "7f3a"))
    var packet = VOEventPacket(ivorn: ivorn.description, role: .observation, version: version)
    packet.who = Who(
        authorIVORN: "ivo://psws.example/box-1", author: Who.Author(title: "PSWS", contactName: "Anna <é>"), date: time)
    packet.what = What([
        .param(PSWSVocabulary.eventType.param(PSWSEventType.lunarFlash.rawValue)),
        .param(PSWSVocabulary.timePeak.param(time)), .param(PSWSVocabulary.signalToNoise.param(12.5)),
        .param(PSWSVocabulary.pixelX.param(320.25)), .param(PSWSVocabulary.frameCount.param(4)),
        .group(.target(name: "Moon", targetClass: "satellite", region: "surface")),
        .group(.camera(name: "Cam & Co", exposureSeconds: 0.04, framesPerSecond: 25, width: 640, height: 480)),
        .group(.clock(source: "GPS PPS", state: "synchronised", errorSeconds: 1e-6, method: "edge of the pulse")),
        .table(.lightCurve([(-0.04, 1200.5), (0, 5000), (0.04, 1e-7)])),
        .reference(EventReference(uri: "https://psws.example/e/1.fits", mimetype: "application/fits")),
    ])
    packet.whereWhen = WhereWhen(
        observatory: WhereWhen.ObservatoryLocation(
            longitudeDegrees: 0.1411, latitudeDegrees: 42.9365, heightMetres: 2877),
        observation: WhereWhen.ObservationLocation(
            system: AstroCoordSystem(id: "UTC-ICRS-TOPO"),
            coordinates: AstroCoords(systemID: "UTC-ICRS-TOPO", time: EventTime(time, errorSeconds: 0.02))))
    packet.how = How(descriptions: ["A camera looked at the Moon."])
    packet.why = Why(
        importance: 0.5, concepts: [PSWSEventType.lunarFlash.concept],
        inferences: [Why.Inference(probability: 0.9, relation: "identified", names: ["meteoroid"])])
    packet.citations = Citations([Citation("ivo://psws.example/flashes#0", kind: .followup)])
    packet.description = "A flash."
    return packet
}

private func problems(_ change: (inout VOEventPacket) -> Void) throws -> [String] {
    var packet = try flash()
    change(&packet)
    do throws(VOEventError) {
        _ = try VOEventAuthor().write(packet)
        return []
    } catch {
        #expect(error.code == .notValid)
        return error.problems
    }
}

@Test(arguments: [VOEventVersion.v2_0, .v2_1])
func `What is written is valid, without a warning, and reads back as the same packet`(version: VOEventVersion) throws {
    let packet = try flash(version: version)
    let bytes = try VOEventAuthor().write(packet)
    let report = VOEventValidator().validate(bytes)
    #expect(report.valid == true && report.warnings.isEmpty && report.version == version.rawValue)
    #expect(try VOEventReader().read(bytes).packet == packet)
    #expect(try VOEventAuthor().write(packet) == bytes)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("ivorn=\"ivo://psws.example/flashes#box-1-20260301T211405.250Z-7f3a\""))
    #expect(text.contains("<ISOTime>2026-03-01T21:14:05.250000</ISOTime>"))
    #expect(text.contains("<Name3>elevation</Name3>") && text.contains("<C3>2877.0</C3>"))
}

@Test func `Everything wrong with a packet is named at once`() throws {
    let found = try problems { packet in
        packet.ivorn = "ivo://psws.example/flashes/#1"
        packet.role = VOEventRole(rawValue: "alert")
        packet.who?.date = "2018_05_22T05:30:07"
        packet.why?.importance = 2
        packet.citations?.events[0].kind = nil
        packet.what?.items.append(.param(PSWSVocabulary.signalToNoise.param(1)))
    }
    for words in ["ends in /", "alert", "YYYY-MM-DD", "importance", "cite", "snr"] {
        #expect(found.contains { $0.contains(words) }, "\(words) in \(found)")
    }
}

@Test func `Each thing that must not be written is refused`() throws {
    #expect(try problems { $0.version = .v1_1 }.contains { $0.contains("1.1") })
    #expect(try problems { $0.who = nil }.contains { $0.contains("Who is missing") })
    #expect(try problems { $0.whereWhen = nil }.contains { $0.contains("WhereWhen is missing") })
    #expect(try problems { $0.whereWhen?.observation = nil }.contains { $0.contains("AstroCoords is missing") })
    #expect(try problems { $0.why?.importance = .nan }.contains { $0.contains("not a finite number") })
    #expect(try problems { $0.why?.inferences[0].probability = 1.5 }.contains { $0.contains("between 0 and 1") })
    #expect(try problems { $0.description = "a\u{0}b" }.contains { $0.contains("U+0") })
    #expect(try problems { $0.how = How() }.contains { $0.contains("How is empty") })
    #expect(try problems { $0.what?.items.append(.group(What.Group(name: "e", params: []))) }.count == 1)
    #expect(try problems { $0.whereWhen?.observation?.system?.id = "UTC-HGS-TOPO" }.count >= 1)
    #expect(
        try problems { $0.whereWhen?.observation?.coordinates?.position2D = .init(values: [1], errorRadius: 1) }
            .contains { $0.contains("Position2D values has 1") })
    #expect(try problems { $0.description = String(repeating: "x", count: 100_000) }.contains { $0.contains("Comet") })
}

@Test func `What only 2_1 has is refused in 2_0 and written in 2_1`() throws {
    func extend(_ packet: inout VOEventPacket) {
        packet.who?.author?.contributors = [Who.Contributor(name: "A", role: "DataCollector")]
        packet.whereWhen?.observation = WhereWhen.ObservationLocation(
            system: AstroCoordSystem(id: "JUPITER"),
            coordinates: AstroCoords(
                systemID: "JUPITER",
                time: EventTime(.interval(start: "2018-10-03T10:00:00", stop: "2018-10-04T01:00:00")),
                positionName: "Jupiter"))
    }
    let refused = try problems(extend)
    #expect(refused.count { $0.contains("needs version 2.1") } == 3, "\(refused)")
    var packet = try flash(version: .v2_1)
    extend(&packet)
    #expect(try VOEventReader().read(VOEventAuthor().write(packet)).packet == packet)
}
