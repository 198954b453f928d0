// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing
import UTC

@testable import Agent

@Suite struct PinLampTests {
    @Test func `The lamp follows the plan, knows when, and is dark at the end`() throws {
        let line = VirtualOutput()
        let lamp = PinLamp(line)
        lamp.play(.blinking(count: 2, seconds: 0.005))
        while line.levels.count < 4 { sched_yield() }
        let pulses = try lamp.stop()
        #expect(pulses.count == 2 && line.levels == [true, false, true, false, false])
        for pulse in pulses { #expect(pulse.off > pulse.on && pulse.errorSeconds > 0) }
    }

    @Test func `A plan that is stopped leaves the lamp dark`() throws {
        let line = VirtualOutput()
        let lamp = PinLamp(line)
        lamp.play(.blinking(count: 1, seconds: 3600))
        #expect(try lamp.stop().isEmpty)
        #expect(line.levels == [false])
    }

    @Test func `Random pulses have three to five frames of light and dark`() {
        let plan = PulsePlan.random(count: 100, frameIntervalSeconds: 0.04, seed: 1)
        #expect(plan.stretches.count == 100)
        var end = 0.0
        for stretch in plan.stretches {
            #expect((0.12...0.2).contains(stretch.lowerBound - end))
            #expect((0.1199...0.2001).contains(stretch.upperBound - stretch.lowerBound))
            end = stretch.upperBound
        }
    }
}
