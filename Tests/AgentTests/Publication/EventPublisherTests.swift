// SPDX-License-Identifier: Apache-2.0

import Testing
import VOEvent

@testable import Agent

@Suite struct EventPublisherTests {
    private let directory: TemporaryDirectory
    private let outbox: Outbox

    init() throws {
        directory = try TemporaryDirectory()
        outbox = try Outbox.open(directory.file("outbox"))
    }

    private func publisher(_ destination: EventPublisher.Destination) -> EventPublisher {
        EventPublisher(context: Station.context(), destination: destination)
    }

    private func evidence(_ scene: FlashScene = FlashScene()) throws -> Evidence {
        try #require(scene.evidence(frameCount: 50).first)
    }

    private func publish(_ evidence: Evidence, by publisher: EventPublisher) async throws -> EventPublisher.Publication
    {
        try await publisher.publish(evidence, clock: nil, now: Station.now)
    }

    @Test func `An alert lies in the outbox with its evidence, and its packet links every file`() async throws {
        let publication = try await publish(try evidence(), by: publisher(.outbox(outbox)))
        let entry = try #require(try await outbox.pending().first)
        #expect(entry.name.text == publication.name && entry.ivorn == publication.ivorn)
        #expect(publication.directories == [entry.path])
        #expect(publication.remarks.isEmpty && publication.failures.isEmpty)
        let files = [".fits", ".lightcurve.vot", ".png"].map { publication.name + $0 }
        #expect(
            try directory.names(in: "outbox/pending/" + publication.name)
                == (files + ["entry.txt", "event.xml"]).sorted())
        let packet = try VOEventReader().read(try await outbox.event(entry)).packet
        #expect(packet.ivorn == publication.ivorn)
        let links = packet.what?.items.compactMap { if case .reference(let link) = $0 { link.uri } else { nil } }
        #expect(links == files.map { "https://psws.irap.example/evidence/" + $0 })
    }

    @Test func `The same event published again is found and not doubled`() async throws {
        let publisher = publisher(.outbox(outbox))
        let first = try await publish(try evidence(), by: publisher)
        let again = try await publish(try evidence(), by: publisher)
        #expect(again.ivorn == first.ivorn && again.directories == first.directories)
        #expect(again.remarks == ["the outbox had this event already (pending)"])
        #expect(try await outbox.pending().count == 1)
        let entry = try #require(try await outbox.pending().first)
        try await outbox.acknowledge(entry, response: nil, at: Station.now)
        let late = try await publish(try evidence(), by: publisher)
        #expect(late.remarks == ["the outbox had this event already (sent)"])
        #expect(try await outbox.pending().isEmpty)
        #expect(try directory.names(in: "outbox/tmp").isEmpty)
    }

    @Test func `If the evidence cannot be written the event goes without it and says so`() async throws {
        // The evidence is written through the system, which knows no directory of the outbox's simulated disk.
        let outbox = try Outbox(directory: "outbox", limits: OutboxLimits(), files: SimulatedDisk())
        let publication = try await publish(try evidence(), by: publisher(.outbox(outbox)))
        #expect(publication.remarks.count == 1)
        #expect(publication.remarks.first?.hasPrefix("the event goes without its evidence: ") == true)
        let entry = try #require(try await outbox.pending().first)
        #expect(VOEventValidator().validate(try await outbox.event(entry)).passes)
    }

    @Test func `An event without frames goes with its light curve and picture`() async throws {
        let event = Evidence(name: "", event: FlashScene().event, clip: nil)
        let publication = try await publish(event, by: publisher(.outbox(outbox)))
        #expect(try directory.names(in: "outbox/pending/" + publication.name).count == 4)
        #expect(publication.remarks.count == 1)
    }

    @Test func `A directory of the operator's gets event and evidence, and nothing waits to be sent`() async throws {
        let place = directory.file("evidence/of/tonight")
        let publication = try await publish(try evidence(), by: publisher(.directory(place)))
        #expect(publication.directories == [place + "/" + publication.name])
        let names = try directory.names(in: "evidence/of/tonight/" + publication.name)
        #expect(names.count == 4 && names.contains("event.xml"))
        let packet = try directory.read("evidence/of/tonight/\(publication.name)/event.xml")
        #expect(VOEventValidator().validate(packet).passes)
        #expect(try await outbox.pending().isEmpty)
    }

    @Test func `The outbox has the event even if the operator's directory cannot be written`() async throws {
        let file = try directory.write([], "not-a-directory")
        let publication = try await publish(try evidence(), by: publisher(.both(outbox, directory: file)))
        #expect(try await outbox.pending().map(\.ivorn) == [publication.ivorn])
        #expect(publication.failures.count == 1 && publication.failures.first?.contains(file) == true)
    }

    @Test func `Without a time there is evidence, no event, and a remark that helps`() async throws {
        let place = directory.file("evidence")
        let publication = try await publish(
            try evidence(FlashScene(isTimed: false)), by: publisher(.both(outbox, directory: place)))
        #expect(publication.ivorn == nil)
        #expect(publication.remarks.first?.contains("give its start") == true)
        #expect(!(try directory.names(in: "evidence/" + publication.name)).contains("event.xml"))
        #expect(try await outbox.pending().isEmpty)
    }

    @Test func `An event that finds no room leaves no draft, and is stored when there is room`() async throws {
        let disk = SimulatedDisk()
        let small = try Outbox(
            directory: "outbox", limits: OutboxLimits(minimumFreeBytes: 0, hardFloorBytes: 0), files: disk)
        disk.setCapacity(100)
        let alert = Evidence(name: "", event: FlashScene().event, clip: nil)
        let publisher = publisher(.outbox(small))
        await #expect(throws: OutboxError.self) { _ = try await publish(alert, by: publisher) }
        #expect(try disk.items(in: "outbox/tmp").isEmpty)
        let unstored = UnstoredAlerts()
        await unstored.keep(alert, clock: nil, publisher: publisher)
        #expect(await unstored.store(now: Station.now).isEmpty)
        #expect(await unstored.count == 1)
        disk.setCapacity(1 << 20)
        #expect(await unstored.store(now: Station.now).count == 1)
        #expect(await unstored.count == 0)
        #expect(try await small.pending().count == 1)
    }

    @Test func `Of too many events that find no room the first are kept`() async throws {
        let unstored = UnstoredAlerts(capacity: 2)
        for firstFrame in [30, 60, 90] {
            let event = FlashScene(firstFrame: firstFrame).event
            await unstored.keep(
                Evidence(name: "", event: event, clip: nil), clock: nil, publisher: publisher(.outbox(outbox)))
        }
        #expect(await unstored.count == 2)
        _ = await unstored.store(now: Station.now)
        let names = try await outbox.names(.pending)
        #expect(names.map { $0.prefix(20) } == ["20260301T211406.250Z", "20260301T211407.250Z"])
    }
}
