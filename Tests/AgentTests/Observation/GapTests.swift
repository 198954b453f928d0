// SPDX-License-Identifier: Apache-2.0

import Camera
import Telemetry
import Testing
import UTC

@testable import Agent

@Suite struct GapTests {
    private let directory: TemporaryDirectory
    private let start = UTCInstant(nanosecondsSince1970: 1_795_377_600_000_000_000)

    init() throws { directory = try TemporaryDirectory() }

    private func utc(_ seconds: Double) -> UTCInstant { start.advanced(bySeconds: seconds) }

    private func value(_ metrics: [Metric], _ name: String, _ label: String? = nil) -> Double? {
        metrics.first { $0.name == name }?.samples.first { $0.labels.first?.value == label }?.value
    }

    @Test func `A gap lasts from the last frame before to the first after, and both sides are added up`() {
        var journal = GapJournal(now: 0, utc: utc(0))
        let first = journal.takeFrame(now: 3, utc: utc(3))
        #expect(first?.reason == .start && first?.seconds == 3 && first?.from == utc(0))
        #expect(journal.takeFrame(now: 5, utc: utc(5)) == nil)
        journal.begin(.unplugged, "the camera is gone", now: 6, utc: utc(6))
        let gap = journal.takeFrame(now: 25, utc: utc(25))
        #expect(
            gap
                == WatchGap(from: utc(5), to: utc(25), seconds: 20, reason: .unplugged, text: "the camera is gone"))
        #expect(journal.takeFrame(now: 26, utc: utc(26)) == nil)
        let metrics = journal.metrics(now: 26)
        #expect(value(metrics, "psws_watch") == 3)
        #expect(value(metrics, "psws_gap", "unplugged") == 20)
        #expect(value(metrics, "psws_gap", "start") == 3)
    }

    @Test func `The first reason stays, unless the camera had to be switched off`() {
        var journal = GapJournal(now: 0, utc: utc(0))
        _ = journal.takeFrame(now: 1, utc: utc(1))
        journal.begin(.stalled, "no frame", now: 2, utc: utc(2))
        journal.begin(.unplugged, "gone", now: 3, utc: utc(3))
        #expect(journal.takeFrame(now: 4, utc: utc(4))?.reason == .stalled)
        journal.begin(.frozen, "the same frame", now: 5, utc: utc(5))
        journal.begin(.powerCycle, "switched off", now: 6, utc: utc(6))
        let gap = journal.takeFrame(now: 10, utc: utc(10))
        #expect(gap?.reason == .powerCycle && gap?.from == utc(4) && gap?.seconds == 6)
    }

    @Test func `A gap that lasts counts already, and the agent's end leaves it open`() {
        var journal = GapJournal(now: 0, utc: utc(0))
        _ = journal.takeFrame(now: 1, utc: utc(1))
        journal.begin(.roof, "closed", now: 2, utc: utc(2))
        #expect(value(journal.metrics(now: 11), "psws_gap", "roof") == 10)
        let last = journal.end(now: 21, utc: utc(21))
        #expect(last?.reason == .roof && last?.to == nil && last?.seconds == 20)
    }

    @Test func `A stepped system clock shows in a gap, whose length stays right`() {
        var journal = GapJournal(now: 0, utc: utc(0))
        _ = journal.takeFrame(now: 10, utc: utc(10))
        journal.begin(.unplugged, "gone", now: 12, utc: utc(12))
        let gap = journal.takeFrame(now: 20, utc: utc(3020))
        #expect(gap?.seconds == 10 && gap?.from == utc(10) && gap?.to == utc(3020))
    }

    @Test func `Gaps are lines of JSON on the disk, in order, with the agent's end as the last`() throws {
        let file = GapFile(path: directory.file("gaps.jsonl"))
        let record = GapRecord(file: file, logger: Journal().logger, now: 0, utc: start)
        record.takeFrame(now: 2)
        record.begin(.unplugged, "the camera is \"gone\"", now: 3)
        record.takeFrame(now: 5.5)
        record.end(now: 6)
        let lines = file.lines()
        #expect(lines.count == 3)
        #expect(lines[0].hasPrefix(#"{"from": "2026-11-22T20:00:00"#))
        #expect(lines[0].contains(#""seconds": 2, "reason": "start""#))
        #expect(lines[1].contains(#""seconds": 3.5, "reason": "unplugged", "text": "the camera is \"gone\""}"#))
        #expect(lines[2].contains(#""to": null, "seconds": 0.5, "reason": "stopped""#))
    }

    @Test func `What a power cut has torn swallows no other gap`() throws {
        let file = GapFile(path: try directory.write(Array(#"{"from": "2026-1"#.utf8), "gaps.jsonl"))
        try file.append(#"{"seconds": 1}"#)
        try file.append(#"{"seconds": 2}"#)
        #expect(file.lines() == [#"{"seconds": 1}"#, #"{"seconds": 2}"#])
    }

    @Test func `The file is bounded: the oldest go`() throws {
        let file = GapFile(path: directory.file("gaps.jsonl"), maximumBytes: 64)
        for number in 100..<200 { try file.append("{\"seconds\": \(number)}") }
        let lines = file.lines()
        #expect(lines.last == #"{"seconds": 199}"# && lines.count < 12 && lines.count >= 4)
        #expect(try directory.names() == ["gaps.jsonl", "gaps.jsonl.1"])
    }

    @Test func `A disk that takes nothing is said once`() {
        let journal = Journal()
        let record = GapRecord(file: GapFile(path: directory.file("no/gaps")), logger: journal.logger, now: 0)
        record.takeFrame(now: 1)
        record.begin(.roof, "closed", now: 2)
        record.takeFrame(now: 3)
        record.end(now: 4)
        #expect(journal.lines.count { $0.hasPrefix("warning: gaps cannot be written") } == 1)
    }

    @Test func `An end without a word is a gap since the last mark, which the next start records once`() throws {
        let file = GapFile(path: directory.file("gaps.jsonl"))
        let journal = Journal()
        var record = Optional(GapRecord(file: file, logger: journal.logger, now: 0))
        record?.takeFrame(now: 1)
        record?.waitForDisk()
        let mark = try #require(file.mark.read())
        // No end(): the power is cut.
        record = nil

        let restart = mark.advanced(bySeconds: 3600)
        let next = GapRecord(file: file, logger: journal.logger, now: 0, utc: restart)
        next.waitForDisk()
        let gap = try #require(file.lines().last.flatMap(WatchGap.init(json:)))
        #expect(gap.reason == .interrupted && gap.from == mark && gap.to == restart && gap.seconds == 3600)
        #expect(value(next.metrics, "psws_gap", "interrupted") == 3600)
        #expect(journal.lines.contains { $0.hasPrefix("warning: not watched since") })
        #expect(file.mark.read() == nil)

        // Cut off after the line, before the mark was removed.
        try file.mark.write(mark)
        #expect(file.interruption(until: restart.advanced(bySeconds: 60)) == nil)
    }

    @Test func `An orderly end leaves no mark, and what it has written is told once`() throws {
        let file = GapFile(path: directory.file("gaps.jsonl"))
        let record = GapRecord(file: file, logger: Journal().logger, now: 0)
        record.takeFrame(now: 1)
        record.waitForDisk()
        let mark = try #require(file.mark.read())
        record.end(now: 1.5)
        #expect(file.mark.read() == nil)
        #expect(file.lines().last?.contains("stopped") == true)
        // The same with the power cut between line and mark.
        try file.mark.write(mark)
        #expect(file.interruption(until: .now()) == nil)
    }

    @Test func `The disk hears once a minute that the station watches, and at once after a gap`() {
        var journal = GapJournal(now: 0, utc: utc(0))
        func marks(_ times: ClosedRange<Int>) -> [Int] {
            times.filter { second in
                _ = journal.takeFrame(now: Double(second), utc: utc(Double(second)))
                return journal.isMarkDue(now: Double(second))
            }
        }
        #expect(marks(1...130) == [1, 61, 121])
        journal.begin(.roof, "closed", now: 131, utc: utc(131))
        #expect(marks(140...150) == [140])
    }

    @Test func `A mark that is torn or no date is none`() throws {
        for text in ["", "2026-11-2", "yesterday\n", String(repeating: "9", count: 100)] {
            let file = GapFile(path: directory.file("gaps.jsonl"))
            _ = try directory.write(Array(text.utf8), "gaps.jsonl.mark")
            #expect(file.interruption(until: start) == nil, "\(text)")
            try file.mark.remove()
        }
    }

    @Test func `Failures of a camera have their reasons`() {
        func reason(_ code: CameraError.Code) -> GapReason { GapReason(CameraError(code, place: "c", message: "m")) }
        #expect(reason(.disconnected) == .unplugged && reason(.cannotOpen) == .unplugged)
        #expect(reason(.stalled) == .stalled && reason(.frozen) == .frozen && reason(.formatChanged) == .format)
    }

    @Test func `What is written is read again, and what is no gap is passed over`() throws {
        let gaps = [
            WatchGap(
                from: utc(0), to: utc(20), seconds: 20.125, reason: .powerCycle, text: "\"quoted\": {a, b} – it's"),
            WatchGap(from: utc(30), to: nil, seconds: 0, reason: .stopped, text: "the agent was ended"),
        ]
        #expect(gaps.compactMap { WatchGap(json: $0.json) } == gaps)
        for bad in ["", "{}", "{\"from\": 3}", "[1, 2]", gaps[0].json.replacing("power_cycle", with: "magic")] {
            #expect(WatchGap(json: bad) == nil, "\(bad)")
        }
        #expect(gaps[0].line == "2026-11-22T20:00:00Z      20.1 s  power_cycle \"quoted\": {a, b} – it's")
    }

    @Test func `Roof, rain and pause are told apart, and who has taken the camera from one that is gone`() {
        #expect(Obstruction.allCases.map(GapReason.init) == [.roof, .rain, .paused])
        let codes: [(CameraError.Code, GapReason)] = [
            (.busy, .taken), (.disconnected, .unplugged), (.stalled, .stalled), (.formatChanged, .format),
        ]
        for (code, reason) in codes {
            #expect(GapReason(CameraError(code, place: "camera", message: "")) == reason)
        }
    }
}
