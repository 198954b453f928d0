// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Agent

@Suite struct EventNameTests {
    private func name(_ scene: FlashScene = FlashScene(), station: String = "a", camera: String = "b") -> EventName {
        EventName(event: scene.event, station: station, camera: camera)
    }

    @Test func `The name begins with the time of the peak and ends in six characters`() {
        let name = name()
        // Frame 30 at 30 frames a second is one second after the start at 05.250.
        #expect(name.time == "20260301T211406.250Z")
        #expect(name.shortID.count == 6 && name.shortID.allSatisfy { "abcdefghijklmnopqrstuvwxyz234567".contains($0) })
        #expect(name.description == "20260301T211406.250Z-" + name.shortID)
    }

    @Test func `The same event has the same name, another one has another`() {
        #expect(name() == name())
        let moved = FlashScene(start: (x: 90, y: 60.6))
        let later = FlashScene(firstFrame: 31)
        let names = [name(), name(moved), name(later), name(station: "c"), name(camera: "c")]
        #expect(Set(names).count == names.count)
    }

    @Test func `A better estimate of the flux does not change the name`() {
        var event = FlashScene().event
        event.fluxADU += 17
        event.signalToNoise += 1
        event.x += 0.1
        #expect(EventName(event: event, station: "a", camera: "b") == name())
    }

    @Test func `Without times the number of the peak frame stands in the name`() {
        let name = name(FlashScene(firstFrame: 123, isTimed: false))
        #expect(name.time == "frame0000123")
        #expect(OutboxEntryName(name.description) != nil)
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300, -1e300])
    func `A place that is none does no harm`(coordinate: Double) {
        var event = FlashScene().event
        event.x = coordinate
        event.y = coordinate
        #expect(EventName(event: event, station: "a", camera: "b").shortID.count == 6)
    }
}
