// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Telemetry
import Testing

@testable import Agent

@Suite struct ViewWatchTests {
    private let journal = Journal()
    private let stop = StopFlag()

    private var report: ServiceReport {
        ServiceReport(notifier: ServiceNotifier(socketPath: nil), logger: journal.logger)
    }

    private func pins(_ yaml: String) throws -> PinsConfiguration { try PinsConfigurationTests.decode(yaml) }

    private func watch(_ yaml: String, _ inputs: [String: VirtualInput]) throws -> ViewWatch {
        try ViewWatch(
            pins(yaml), board: VirtualBoard(inputs: inputs), logger: journal.logger,
            report: report, now: 0)
    }

    private func value(_ name: String, _ watch: ViewWatch, now: Double = 0) -> Double? {
        watch.metrics(now: now).first { $0.name == name }?.samples.first?.value
    }

    @Test func `Without lines the view is open and nothing is measured`() throws {
        let watch = try watch("{}", [:])
        #expect(watch.gate.isOpen && watch.metrics().isEmpty && journal.lines.isEmpty)
    }

    @Test func `A roof that is closed when the agent starts blocks from the first frame`() throws {
        let watch = try watch("roof: {line: roof, active: closed}", ["roof": VirtualInput(true)])
        #expect(!watch.gate.isOpen && value("psws_roof_open", watch) == 0)
        #expect(value("psws_view_blocked", watch, now: 7) == 7)
        #expect(journal.lines == ["notice: blocked: the roof is closed; frames are not searched until it opens"])
    }

    @Test func `The roof's line may be active when it is open`() throws {
        #expect(try watch("roof: {line: roof}", ["roof": VirtualInput(true)]).gate.isOpen)
        #expect(try !watch("roof: {line: roof}", ["roof": VirtualInput(false)]).gate.isOpen)
    }

    @Test func `Every change is told once, and a lost edge is noticed all the same`() async throws {
        let roof = VirtualInput(
            true, steps: [.edge(false), .edge(false), .silence(level: true), .silence(level: true), .edge(false)],
            end: stop)
        let watch = try watch("roof: {line: roof}", ["roof": roof])
        await watch.run(until: stop)
        #expect(!watch.gate.isOpen)
        #expect(journal.lines.count == 3)
        #expect(journal.lines[1].hasPrefix("notice: the roof is open after"))
        #expect(value("psws_roof_open", watch) == 0)
    }

    @Test func `A line that is missing or busy is an error that names its section`() throws {
        let missing = #expect(throws: PinError.self) { try watch("rain: {line: wet}", [:]) }
        #expect(missing?.code == .missing && missing?.place == "pins.rain, line 'wet'")
        let busy = #expect(throws: PinError.self) {
            try ViewWatch(
                pins("roof: {line: roof}"), board: VirtualBoard(busy: ["roof"]), logger: journal.logger,
                report: report)
        }
        #expect(busy?.code == .busy && busy?.remedy == "stop it")
    }

    @Test func `The button pauses, and pressed again it ends the pause`() async throws {
        let button = VirtualInput(true, steps: [.edge(false), .edge(true), .edge(false)], end: stop)
        let watch = try watch("pause_button: {line: button}", ["button": button])
        #expect(watch.gate.isOpen, "held while the agent starts is no press")
        await watch.run(until: stop)
        #expect(!watch.gate.isOpen && value("psws_paused", watch) == 1)
        #expect(journal.lines == ["notice: " + Obstruction.paused.sentence])
    }

    @Test func `A forgotten pause ends by itself`() {
        var pause = PauseSwitch(longestSeconds: 600)
        pause.press(now: 10)
        pause.check(now: 609)
        #expect(pause.isPaused)
        pause.check(now: 610)
        #expect(!pause.isPaused)
        pause.press(now: 700)
        pause.press(now: 710)
        #expect(!pause.isPaused)
    }

    @Test func `Roof and rain are told apart, and the view opens when both are gone`() {
        var journal = ViewJournal(watched: [.roofClosed, .rain])
        let changes: [(Obstruction, Bool, Double)] = [
            (.rain, true, 10), (.rain, true, 11), (.roofClosed, true, 20), (.rain, false, 30), (.roofClosed, false, 70),
        ]
        let sentences = changes.map { journal.take($0.0, isPresent: $0.1, now: $0.2) }
        #expect(
            sentences == [
                Obstruction.rain.sentence, nil, Obstruction.roofClosed.sentence,
                "the rain has stopped, but blocked: the roof is closed; frames are not searched until it opens",
                "the roof is open after 60 s; frames are searched again",
            ])
        #expect(journal.foremost == nil && journal.secondsBlocked(now: 100) == 60)
    }
}
