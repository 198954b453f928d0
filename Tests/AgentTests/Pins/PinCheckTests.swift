// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Agent

@Suite struct PinCheckTests {
    private func warnings(_ yaml: String, _ board: VirtualBoard) throws -> [String] {
        PinCheck.problems(try PinsConfigurationTests.decode(yaml), board: board).map(\.description)
    }

    @Test func `Lines that are there and free give no warning`() throws {
        let board = VirtualBoard(inputs: ["roof": VirtualInput(true)], outputs: ["relay": VirtualOutput()])
        #expect(try warnings("roof: {line: roof}\ncamera_power: {line: relay}", board).isEmpty)
    }

    @Test func `Lines that are missing or that somebody has are named with their section`() throws {
        let found = try warnings("rain: {line: wet}\ncamera_power: {line: relay}", VirtualBoard(busy: ["relay"]))
        #expect(
            found == [
                "pins.rain, line 'wet': is not there (look for it)",
                "pins.camera_power, line 'relay': 'fan' has the line "
                    + "(stop it before the agent starts, or choose another line)",
            ])
    }

    @Test func `The doctor names every line, or what is wrong with it`() throws {
        let board = VirtualBoard(inputs: ["roof": VirtualInput(true)], busy: ["relay"])
        let roof = try PinsConfigurationTests.decode("roof: {line: roof}")
        #expect(PinExamination(pins: roof, board: board).findings() == [.ok("pins", "roof at roof")])
        #expect(
            PinExamination(pins: PinsConfiguration(), board: board).findings() == [.ok("pins", "none is configured")])
        let power = try PinsConfigurationTests.decode("camera_power: {line: relay}")
        #expect(PinExamination(pins: power, board: board).findings().map(\.verdict) == [.failed])
    }

    @Test func `Chips that this machine does not have are said by the true board, too`() throws {
        let error = #expect(throws: PinError.self) { try GPIOBoard().find(#require(PinAddress("no-such-chip:3"))) }
        #expect(error?.code == .missing)
        #expect(error?.place == "'no-such-chip:3'")
    }
}
