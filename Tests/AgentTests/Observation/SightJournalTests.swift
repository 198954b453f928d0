// SPDX-License-Identifier: Apache-2.0

import Detection
import Testing

@testable import Agent

@Suite struct SightJournalTests {
    private func counts(_ frames: Int) -> ObservationPipeline.Counts {
        var counts = ObservationPipeline.Counts()
        counts.frames = frames
        return counts
    }

    @Test func `Blindness is told once, with its remedy, and so is its end`() throws {
        var journal = SightJournal()
        journal.beginStream(now: 0)
        var status = DetectorStatus()
        #expect(journal.takeFrame(status, counts: counts(1), now: 1).isEmpty)
        status.blindness = .saturated
        status.stream.saturatedFraction = 0.8
        let told = journal.takeFrame(status, counts: counts(2), now: 2)
        let warning = try #require(told.first)
        #expect(told.count == 1 && warning.isWarning)
        #expect(warning.sentence.contains("saturated") && warning.sentence.contains("80 %"))
        #expect(warning.sentence.contains(BlindnessCause.saturated.remedy))
        #expect(journal.takeFrame(status, counts: counts(3), now: 3).isEmpty)
        status.blindness = nil
        let again = journal.takeFrame(status, counts: counts(4), now: 32)
        #expect(again.map(\.isWarning) == [false])
        #expect(again.first?.sentence.hasPrefix("sees again after 30 s") == true)
    }

    @Test func `Frames that do not come are blindness, and their time is summed up`() {
        var journal = SightJournal()
        journal.beginStream(now: 100)
        #expect(journal.tick(now: 105).isEmpty)
        #expect(journal.takeFrame(DetectorStatus(), counts: counts(1), now: 106).isEmpty)
        #expect(journal.tick(now: 115).isEmpty)
        #expect(journal.tick(now: 120).map(\.isWarning) == [true])
        #expect(journal.blindness == .noFrames)
        #expect(journal.tick(now: 125).isEmpty)
        #expect(journal.secondsBlind == 19)
        #expect(journal.takeFrame(DetectorStatus(), counts: counts(2), now: 126).map(\.isWarning) == [false])
        #expect(journal.blindness == nil)
        #expect(journal.secondsBlind == 20)
    }

    @Test func `A camera that never was there is blindness as well`() {
        var journal = SightJournal()
        #expect(journal.tick(now: 0).isEmpty)
        #expect(journal.tick(now: 11).map(\.isWarning) == [true])
    }

    @Test func `A stream that begins anew keeps the counts and the time without sight`() {
        var journal = SightJournal()
        journal.beginStream(now: 0)
        var status = DetectorStatus()
        status.secondsBlind = 7
        _ = journal.takeFrame(status, counts: counts(50), now: 1)
        journal.beginStream(now: 2)
        #expect(journal.secondsBlind == 7)
        status.secondsBlind = 1
        _ = journal.takeFrame(status, counts: counts(10), now: 3)
        #expect(journal.secondsBlind == 8 && journal.counts.frames == 60)
    }

    @Test func `A smoothed stream is told with what to do`() {
        var journal = SightJournal()
        var status = DetectorStatus()
        status.stream.verdict = .smoothed
        status.stream.temporalCorrelation = 0.62
        let told = journal.takeFrame(status, counts: counts(1), now: 1)
        #expect(told.map(\.isWarning) == [true])
        #expect(told.first?.sentence.contains("0.62") == true)
        #expect(told.first?.sentence.contains("Turn off the camera's temporal noise reduction") == true)
        #expect(journal.takeFrame(status, counts: counts(2), now: 2).isEmpty)
        status.stream.verdict = .independent
        #expect(journal.takeFrame(status, counts: counts(3), now: 3).map(\.isWarning) == [false])
    }

    @Test(arguments: BlindnessCause.allCases)
    func `Each cause can be told`(_ cause: BlindnessCause) {
        let sentence = SightWords.blind(cause, status: DetectorStatus())
        #expect(sentence.hasPrefix("blind: ") && sentence.hasSuffix(cause.remedy))
    }

    @Test func `The metrics have the figures that an operator asks for`() {
        var journal = SightJournal()
        var status = DetectorStatus()
        status.blindness = .masked
        status.maskedFraction = 0.6
        _ = journal.takeFrame(status, counts: counts(9), now: 1)
        let metrics = DetectorMetrics.metrics(journal)
        let names = Set(metrics.map(\.name))
        for name in [
            "psws_blind", "psws_blindness", "psws_detector_threshold", "psws_detector_candidates_per_frame",
            "psws_detector_masked", "psws_detector_statistic_width", "psws_self_test_recovered", "psws_self_tests",
            "psws_stream",
        ] { #expect(names.contains(name), "\(name)") }
        #expect(names.count == metrics.count)
        let cause = metrics.first { $0.name == "psws_blindness" }
        #expect(cause?.samples.filter { $0.value == 1 }.map { $0.labels.first?.value } == ["masked"])
    }
}
