// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection
import Ephemeris
import Testing
import UTC
import VOEvent

@testable import Agent

@Suite struct EventInterpreterTests {
    /// The Moon as a plain disk: half dark, bright enough for an edge all around.
    private func picture(centre: SIMD2<Double>, radius: Double) -> BackgroundImage {
        var values: [Float] = []
        for y in 0..<240 {
            for x in 0..<320 {
                let offset = SIMD2(Double(x), Double(y)) - centre
                let inside = radius - (offset * offset).sum().squareRoot()
                values.append(5 + 60 * Float(min(max(0.5 + inside / 2, 0), 1)))
            }
        }
        return BackgroundImage(width: 320, height: 240, values: values, saturationADU: 250)
    }

    private let centre = SIMD2(150.0, 118)

    /// An event at so many pixels from the centre, while the Moon stands over Pic du Midi.
    private func event(_ offset: SIMD2<Double>) throws -> DetectedEvent {
        var event = FlashScene().event
        event.x = centre.x + offset.x
        event.y = centre.y + offset.y
        let time = FrameTime(
            middleOfExposure: try #require(UTCInstant(iso8601: "2020-05-26T20:30:00Z")), uncertaintySeconds: 0.001,
            origin: .simulated)
        (event.timeStart, event.timePeak, event.timeEnd) = (time, time, time)
        return event
    }

    private var calibrated: AgentConfiguration {
        var configuration = Station.configuration
        configuration.calibration.orientation = CameraOrientation(
            positionAngleDegrees: 0, positionAngleErrorDegrees: 0.5)
        configuration.calibration.zeroPoint = PhotometricZeroPoint(
            magnitude: Magnitude(value: 18, standardError: 0.1), band: .r)
        return configuration
    }

    private func meaning(
        _ event: DetectedEvent, _ configuration: AgentConfiguration, hasSite: Bool = true
    ) -> EventMeaning {
        EventInterpreter(configuration: configuration, source: Station.source(), hasSite: hasSite)
            .meaning(of: event) { picture(centre: centre, radius: 90) }
    }

    @Test func `A calibrated station knows where on the Moon a flash was, how bright and how strong`() throws {
        let found = meaning(try event(SIMD2(20, -30)), calibrated)
        guard case .onDisk(let place) = found.position else {
            Issue.record("the flash was on the disk: \(found)")
            return
        }
        // DE421 has the sub-observer point at 6.50° west, 2.19° south, and the axis at 11.5°. The flash is a fifth of a
        // radius to the right (east in longitude) and a third above.
        #expect(place.coordinate.system == .selenographic)
        #expect(abs(place.coordinate.longitudeEastDegrees - 10.4) < 1.5)
        #expect(abs(place.coordinate.latitudeCentricDegrees - 13.6) < 1.5)
        #expect(place.longitudeErrorDegrees > 0.01 && place.longitudeErrorDegrees < 1)
        #expect(abs((found.arcsecondsPerPixel ?? 0) - 940.3 / 90) < 0.1)
        // 420 ADU in 33 ms.
        #expect(abs((found.magnitude?.value ?? 0) - (18 - 10.26)) < 0.01)
        #expect(found.energy != nil && found.remarks.isEmpty)
    }

    @Test func `What is not known is not invented, and a sentence says why`() throws {
        let event = try event(SIMD2(20, -30))
        let bare = meaning(event, Station.configuration)
        #expect(bare.position == nil && bare.magnitude == nil && bare.energy == nil && bare.outline != nil)
        #expect(bare.remarks.contains { $0.contains("position angle is not configured") })
        #expect(bare.remarks.contains { $0.contains("no photometric zero point") })
        let nowhere = meaning(event, calibrated, hasSite: false)
        #expect(nowhere.position == nil && nowhere.energy == nil)
        #expect(nowhere.remarks == ["The place on the body is unknown: nobody said where the camera stands."])
        var timeless = event
        timeless.timePeak = nil
        #expect(meaning(timeless, calibrated).remarks.contains { $0.contains("no times") })
        var atNoon = event
        atNoon.timePeak?.middleOfExposure = try #require(UTCInstant(iso8601: "2020-05-26T02:00:00Z"))
        #expect(meaning(atNoon, calibrated).remarks.contains { $0.contains("below the horizon") })
        let blind = EventInterpreter(configuration: calibrated, source: Station.source()).meaning(of: event) {
            BackgroundImage(width: 64, height: 64, values: [Float](repeating: 7, count: 4096))
        }
        #expect(blind.position == nil && blind.remarks.contains { $0.contains("shows no limb") })
    }

    @Test func `A flash beside the disk has a distance and no place`() throws {
        let found = meaning(try event(SIMD2(0, -100)), calibrated)
        guard case .besideDisk(let pixels, _) = found.position else {
            Issue.record("ten pixels outside is beside the disk")
            return
        }
        #expect(abs(pixels - 10) < 0.3)
        #expect(found.groups.contains { $0.name == "place" } == false)
    }

    @Test func `The packet has groups for place, magnitude and energy, and is valid`() throws {
        let event = try event(SIMD2(20, -30))
        let author = EventAuthor(context: Station.context())
        let name = EventName(event: event, station: "pic-du-midi", camera: "Basler acA1920")
        let ivorn = try #require(author.ivorn(of: event, name: name))
        let found = meaning(event, calibrated)
        let bytes = try author.write(
            event, meaning: found, ivorn: ivorn, evidence: [], clock: nil, now: Station.now)
        let report = VOEventValidator().validate(bytes)
        #expect(report.valid == true && report.errors.isEmpty && report.warnings.isEmpty, "\(report)")
        let what = try #require(try VOEventReader().read(bytes).packet.what)
        #expect(what.group("place")?.param("longitude_east")?.unit == "deg")
        #expect(what.group("place")?.param("longitude_error")?.ucd == "stat.error;pos.bodyrc.lon")
        #expect(what.group("magnitude")?.param("band")?.value == "R")
        #expect(what.group("energy")?.param("kinetic_energy")?.unit == "J")
        #expect(what.group("energy")?.param("energy_assumptions")?.value?.contains("efficiency") == true)
    }

    @Test func `The line of a replay says the same to programs`() throws {
        let event = try event(SIMD2(20, -30))
        let json = ReplayLine(event, ivorn: nil, meaning: meaning(event, calibrated)).json
        for member in ["\"place\": {", "longitude_east_deg", "\"magnitude\": 7.7", "\"mass_kg\": ["] {
            #expect(json.contains(member), "\(member) in \(json)")
        }
        let bare = ReplayLine(event, ivorn: nil, meaning: meaning(event, Station.configuration)).json
        #expect(bare.contains("\"remarks\": [") && !bare.contains("\"place\""))
        #expect(!ReplayLine(event, ivorn: nil).json.contains("remarks"))
    }
}
