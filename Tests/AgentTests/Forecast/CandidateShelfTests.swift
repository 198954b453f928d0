// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Agent

@Suite struct CandidateShelfTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func shelf(maximumBytes: Int, minimumFreeBytes: Int = 0) -> CandidateShelf {
        var outbox = OutboxConfiguration()
        outbox.directory = directory.file("outbox")
        outbox.limits.minimumFreeBytes = minimumFreeBytes
        return CandidateShelf(besideOutbox: outbox, maximumBytes: maximumBytes)
    }

    private let writer = EvidenceWriter(context: Station.context().evidence)
    private let evidence = Evidence(name: "1", event: FlashScene().event, clip: nil)

    @Test func `A candidate is kept with its light curve, its picture and what was thought of it`() throws {
        let path = try #require(
            try shelf(maximumBytes: 1 << 30).keep(evidence, name: "20260301T211406Z-a", with: writer))
        #expect(path == directory.file("outbox.candidates/20260301T211406Z-a"))
        let names = try directory.names(in: "outbox.candidates/20260301T211406Z-a")
        #expect(names.contains("candidate.json") && names.contains { $0.hasSuffix(".png") } && names.count == 3)
        #expect(String(decoding: try bytes(ofFile: path + "/candidate.json"), as: UTF8.self).contains("\"class\""))
    }

    @Test func `When the room is used up the oldest goes, never the newest`() throws {
        let probe = shelf(maximumBytes: 1 << 30)
        _ = try probe.keep(evidence, name: "2026-a", with: writer)
        let files = try DurableFiles().items(in: directory.file("outbox.candidates/2026-a"))
        let size = files.reduce(0) { $0 + $1.bytes }
        let small = shelf(maximumBytes: 5 * size / 2)
        for name in ["2026-b", "2026-c", "2026-d"] { _ = try small.keep(evidence, name: name, with: writer) }
        #expect(try directory.names(in: "outbox.candidates").sorted() == ["2026-c", "2026-d"])
        _ = try shelf(maximumBytes: 1).keep(evidence, name: "2026-e", with: writer)
        #expect(try directory.names(in: "outbox.candidates") == ["2026-e"])
    }

    @Test func `On a disk that is nearly full nothing is kept, because events come first`() throws {
        #expect(try shelf(maximumBytes: 1 << 30, minimumFreeBytes: .max).keep(evidence, name: "a", with: writer) == nil)
        #expect(try directory.names(in: "outbox.candidates").isEmpty)
    }
}
