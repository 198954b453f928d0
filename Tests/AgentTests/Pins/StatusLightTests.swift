// SPDX-License-Identifier: Apache-2.0

import Detection
import Testing

@testable import Agent

@Suite struct StatusLightTests {
    @Test func `What is worse is shown first`() {
        let states = [
            StationState(blindness: .noFrames, isViewOpen: false, waitingEvents: 3),
            StationState(blindness: .black, isViewOpen: false, waitingEvents: 3),
            StationState(blindness: .black, isViewOpen: true, waitingEvents: 3),
            StationState(blindness: nil, isViewOpen: true, waitingEvents: 3),
            StationState(blindness: nil, isViewOpen: true, waitingEvents: 0),
        ]
        #expect(states == [.noCamera, .blocked, .blind, .undelivered, .watching])
    }

    @Test func `Every state has a pattern of its own, on and off in turn`() {
        #expect(Set(StationState.allCases.map(\.tenths)).count == StationState.allCases.count)
        #expect(StationState.allCases.allSatisfy { $0.tenths.count % 2 == 0 && $0.tenths.allSatisfy { $0 > 0 } })
    }

    @Test func `The light plays the pattern and is dark at the end`() async throws {
        let lamp = VirtualOutput()
        let clock = ManualClock()
        let light = try StatusLight(
            PinSettings(address: #require(PinAddress("lamp"))), board: VirtualBoard(outputs: ["lamp": lamp]),
            logger: Journal().logger)
        let task = Task { await light.run(clock: clock) { .undelivered } }
        var sleeps: [Duration] = []
        for _ in 0..<4 { sleeps.append(await clock.wakeNext()) }
        task.cancel()
        await task.value
        #expect(sleeps == [.milliseconds(100), .milliseconds(200), .milliseconds(100), .milliseconds(1600)])
        #expect(lamp.levels.prefix(5) == [false, true, false, true, false] && lamp.levels.last == false)
    }
}
