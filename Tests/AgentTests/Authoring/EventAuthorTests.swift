// SPDX-License-Identifier: Apache-2.0

import Detection
import Testing
import UTC
import VOEvent

@testable import Agent

@Suite struct EventAuthorTests {
    private let clock = ClockEvidence(
        sampledAt: Station.now, isSynchronised: true, estimatedErrorSeconds: 0.003, maximumErrorSeconds: 0.012)

    private func author(
        _ event: DetectedEvent, _ context: ObservationContext = Station.context(),
        evidence: [EvidenceFiles.File] = [], clock: ClockEvidence? = nil
    ) throws -> [UInt8] {
        let author = EventAuthor(context: context)
        let name = EventName(event: event, station: context.station.name, camera: context.instrument)
        let ivorn = try #require(author.ivorn(of: event, name: name))
        return try author.write(event, ivorn: ivorn, evidence: evidence, clock: clock, now: Station.now)
    }

    /// Checks that a packet is valid and reads it.
    private func read(_ bytes: [UInt8]) throws -> VOEventPacket {
        let report = VOEventValidator().validate(bytes)
        #expect(report.valid == true)
        #expect(report.errors.isEmpty && report.warnings.isEmpty, "\(report)")
        return try VOEventReader().read(bytes).packet
    }

    @Test func `The identifier is made of authority, stream, station, time and short id`() throws {
        let event = FlashScene().event
        let packet = try read(author(event))
        let name = EventName(event: event, station: "pic-du-midi", camera: "Basler acA1920")
        #expect(packet.ivorn == "ivo://psws.irap/flashes#pic-du-midi-20260301T211406.250Z-\(name.shortID)")
        #expect(packet.role == .observation)
        #expect(packet.version == .v2_0)
    }

    @Test func `What happened stands in the parameters with units`() throws {
        let what = try #require(try read(author(FlashScene().event)).what)
        func value(_ name: String, _ unit: String?) throws -> Double {
            let param = try #require(what.param(name), "\(name)")
            #expect(param.unit == unit, "\(name)")
            #expect(param.ucd?.isEmpty == false, "\(name)")
            return param.doubleValue
        }
        #expect(what.param("event_type")?.value == "lunar_flash")
        #expect(what.param("time_start")?.value == "2026-03-01T21:14:06.250000Z")
        #expect(what.param("time_peak")?.value == "2026-03-01T21:14:06.250000Z")
        #expect(what.param("time_end")?.value == "2026-03-01T21:14:06.350000Z")
        #expect(try value("time_uncertainty", "s") == 0.004)
        #expect(try value("duration", "s") == 0.1333)
        #expect(abs(try value("snr", nil) - FlashScene().event.signalToNoise) < 0.006)
        #expect(try value("threshold", nil) == 5.5)
        #expect(try value("x", "pix") == 80.3)
        #expect(try value("y", "pix") == 60.6)
        #expect(try value("flux_peak", "adu") == 420)
        #expect(try value("flux_total", "adu") == 915)
        #expect(what.param("frames")?.intValue == 4)
    }

    @Test func `The class and its reasons stand in the parameters`() throws {
        let what = try #require(try read(author(FlashScene().event)).what)
        #expect(what.param("class")?.value == "B")
        #expect(what.param("class_reasons")?.value == "still")
    }

    @Test func `Target, camera and clock have groups of their own`() throws {
        let what = try #require(try read(author(FlashScene().event)).what)
        func values(_ group: String) throws -> [String: String] {
            let params = try #require(what.group(group), "\(group)").params
            return Dictionary(uniqueKeysWithValues: params.map { ($0.name ?? "", $0.value ?? "") })
        }
        #expect(
            try values("target") == ["target_name": "Moon", "target_class": "satellite", "target_region": "surface"])
        #expect(
            try values("camera") == [
                "camera_name": "Basler acA1920", "exposure": "0.033", "frame_rate": "30.0", "width": "160",
                "height": "120", "pixel_format": "monochrome, 8 bit",
            ])
        let clock = try values("clock")
        #expect(clock["clock_source"] == "simulated scene" && clock["clock_state"] == "simulated")
        #expect(clock["clock_error"] == "0.0")
        #expect(clock["time_method"]?.isEmpty == false)
        #expect(what.group("camera")?.param("exposure")?.unit == "s")
        #expect(what.group("camera")?.param("frame_rate")?.unit == "Hz")
    }

    @Test func `The light curve is a table with every frame, counted from the peak`() throws {
        let scene = FlashScene(fluxes: [85, 420, 260, 150])
        let what = try #require(try read(author(scene.event)).what)
        let table = try #require(what.tables.first)
        #expect(what.tables.count == 1 && table.name == "light_curve")
        #expect(table.fields.map(\.name) == ["time", "flux"] && table.fields.map(\.unit) == ["s", "adu"])
        #expect(table.numbers(column: 0) == [-0.033333, 0, 0.033333, 0.066667])
        #expect(table.numbers(column: 1) == [85, 420, 260, 150])
    }

    @Test func `Where and when: the peak in UTC with its error, and the site`() throws {
        let place = try #require(try read(author(FlashScene().event)).whereWhen)
        let observation = try #require(place.observation?.coordinates)
        #expect(place.observation?.system?.id == "UTC-ICRS-TOPO" && observation.systemID == "UTC-ICRS-TOPO")
        #expect(observation.time?.start == UTCInstant(iso8601: "2026-03-01T21:14:06.250Z"))
        #expect(observation.time?.error == 0.004 && observation.time?.unit == "s")
        let observatory = try #require(place.observatory?.coordinates)
        #expect(place.observatory?.system?.id == "UTC-GEOD-TOPO")
        #expect(observatory.position3D?.values == [0.1426, 42.9365, 2877])
        #expect(observatory.position3D?.unit == "deg-deg-m")
    }

    @Test func `Who, How and Why are for people`() throws {
        let packet = try read(author(FlashScene().event))
        #expect(packet.who?.authorIVORN == "ivo://psws.irap")
        #expect(packet.who?.author?.title == "PSWS at IRAP")
        #expect(packet.who?.author?.contactEmail == "psws@irap.example")
        let how = try #require(packet.how?.descriptions.first)
        for words in ["Basler acA1920", "T60", "160 × 120 pixels of 8 bits", "30.00 frames a second", "1.40", "5.50"] {
            #expect(how.contains(words), "\(words)")
        }
        #expect(packet.why?.concepts == ["lunar impact flash"] && packet.why?.names == ["Moon"])
        let inference = try #require(packet.why?.inferences.first)
        #expect(inference.probability == 0.997 && inference.relation == "identified")
        #expect(packet.why?.descriptions.first?.contains("fades like an impact flash.") == true)
        let summary = "Lunar impact flash seen by station pic-du-midi in 4 frames, 0.133 s, signal to noise "
        #expect(packet.description?.hasPrefix(summary) == true)
    }

    @Test func `The station's clock counts where it made the time, and adds to the error`() throws {
        var event = FlashScene().event
        event.timePeak?.origin = .driverEndOfFrame
        let packet = try read(author(event, clock: clock))
        let group = try #require(packet.what?.group("clock"))
        #expect(group.param("clock_state")?.value == "synchronised")
        #expect(group.param("clock_error")?.doubleValue == 0.003)
        // 4 ms of the frame and 3 ms of the clock, in quadrature.
        #expect(packet.what?.param("time_uncertainty")?.doubleValue == 0.005)
        #expect(packet.whereWhen?.observation?.coordinates?.time?.error == 0.005)
    }

    @Test func `Evidence is linked, under the station's address`() throws {
        let files = [
            EvidenceFiles.File(kind: .cube, name: "e.fits", byteCount: 1),
            EvidenceFiles.File(kind: .picture, name: "e.png", byteCount: 1),
        ]
        let what = try #require(try read(author(FlashScene().event, evidence: files)).what)
        let references = what.items.compactMap { if case .reference(let reference) = $0 { reference } else { nil } }
        #expect(
            references.map(\.uri) == [
                "https://psws.irap.example/evidence/e.fits", "https://psws.irap.example/evidence/e.png",
            ])
        #expect(references.map(\.mimetype) == ["image/fits", "image/png"])
    }

    @Test(arguments: [(EventKind.fireball, "fireball"), (.meteor, "meteor")])
    func `Every kind that is reported gives a valid packet`(kind: EventKind, type: String) throws {
        var configuration = Station.configuration
        configuration.target = kind == .meteor ? .sky : .jupiter
        let packet = try read(author(FlashScene(kind: kind).event, Station.context(configuration)))
        #expect(packet.what?.param("event_type")?.value == type)
        #expect(packet.what?.group("target")?.param("target_name")?.value == (kind == .meteor ? "Earth" : "Jupiter"))
    }

    @Test func `Without a site, a contact, a rate and an exposure the packet is valid all the same`() throws {
        let standard = AgentConfiguration.standard(for: .sky)
        var source = Station.source()
        source.framesPerSecond = nil
        source.exposureSeconds = nil
        var event = FlashScene(kind: .meteor).event
        event.durationSeconds = nil
        event.timePeak?.uncertaintySeconds = nil
        event.reasons = []
        let context = ObservationContext(configuration: standard, source: source, hasSite: false)
        let packet = try read(author(event, context))
        #expect(packet.role == .test)
        #expect(packet.whereWhen?.observatory?.coordinates?.position3D == nil)
        #expect(packet.what?.param("duration") == nil && packet.what?.group("camera")?.param("exposure") == nil)
        #expect(packet.description?.hasSuffix("This is a test.") == true)
    }

    @Test func `An event without a time has no identifier`() {
        let event = FlashScene(isTimed: false).event
        let name = EventName(event: event, station: "a", camera: "b")
        #expect(EventAuthor(context: Station.context()).ivorn(of: event, name: name) == nil)
    }

    @Test func `A light curve of 5000 points stays below what brokers take, and keeps its peak`() throws {
        var fluxes = (0..<5000).map { 100 + Double($0 % 7) / 3 }
        fluxes[3333] = 98_765.4
        let event = FlashScene(fluxes: fluxes).event
        let bytes = try author(event)
        #expect(bytes.count < 99_999)
        let table = try #require(try read(bytes).what?.tables.first)
        #expect((150...301).contains(table.rows.count))
        #expect(table.numbers(column: 1).max() == 98_765.4)
        let peak = try #require(table.numbers(column: 1).firstIndex(of: 98_765.4))
        #expect(table.numbers(column: 0)[peak] == 0)
        let times = table.numbers(column: 0)
        #expect(zip(times, times.dropFirst()).allSatisfy(<))
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func `What is not a number breaks nothing`(value: Double) throws {
        var event = FlashScene().event
        event.x = value
        event.signalToNoise = value
        event.fluxADU = value
        event.fluxErrorADU = value
        event.durationSeconds = value
        event.probability = value
        event.thresholdSigma = value
        event.pointSpreadSigmaPixels = value
        event.timePeak?.uncertaintySeconds = value
        for index in event.track.indices { event.track[index].fluxADU = value }
        let text = String(decoding: try author(event), as: UTF8.self)
        _ = try read(Array(text.utf8))
        #expect(!text.contains("NaN") && !text.contains("INF"))
    }

    @Test func `Texts of the configuration come through whatever characters they have`() throws {
        let hostile = "A <b> & \"c\" 'd' ]]> é 月"
        var configuration = Station.configuration
        configuration.station.contact.title = hostile
        configuration.camera.instrument = hostile
        configuration.camera.telescope = hostile
        let packet = try read(author(FlashScene().event, Station.context(configuration)))
        #expect(packet.who?.author?.title == hostile)
        #expect(packet.what?.group("camera")?.param("camera_name")?.value == hostile)
        #expect(packet.how?.descriptions.first?.contains(hostile) == true)
    }

    @Test func `Control characters, which XML cannot hold, cost no event`() throws {
        var configuration = Station.configuration
        configuration.camera.instrument = "cam\u{0}\u{7}\u{1B}[31m\u{FFFE}era"
        configuration.station.contact.title = "title\u{8}"
        let packet = try read(author(FlashScene().event, Station.context(configuration)))
        let name = try #require(packet.what?.group("camera")?.param("camera_name")?.value)
        #expect(name.hasPrefix("cam") && name.hasSuffix("era"))
    }
}
