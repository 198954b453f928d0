// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Agent

@Suite struct RunControlTests {
    private let control = RunControl()

    @Test func `A new configuration ends the round and begins one more`() {
        let round = control.beginRound()
        #expect(!round.isRaised)
        control.goOn(with: Station.configuration)
        #expect(round.isRaised)
        #expect(control.takeNext() == Station.configuration)
        #expect(!control.beginRound().isRaised)
        #expect(control.takeNext() == nil)
    }

    @Test func `The end wins over a new configuration, whichever comes first`() {
        _ = control.beginRound()
        control.goOn(with: Station.configuration)
        #expect(control.end())
        #expect(control.takeNext() == nil)
        control.goOn(with: Station.configuration)
        #expect(control.takeNext() == nil)
        #expect(control.beginRound().isRaised)
    }

    @Test func `Only the first who asks for the end is the first`() {
        #expect(control.end())
        #expect(!control.end())
    }

    @Test func `What is asked between two rounds is not lost`() {
        control.goOn(with: Station.configuration)
        #expect(control.beginRound().isRaised)
        #expect(control.takeNext() != nil)
    }
}
