// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOEmbedded
import Testing

@testable import VTP

struct SubscriberTests {
    @Test func `Waits grow to the limit, vary within half of it and begin anew after a reset`() {
        var backoff = ReconnectBackoff(initialSeconds: 1, maximumSeconds: 60)
        var generator = SplitMix64(seed: 5)
        for due in [1.0, 2, 4, 8, 16, 32, 60, 60, 60] {
            let wait = backoff.next(using: &generator)
            #expect((due / 2...due).contains(wait))
        }
        backoff.reset()
        #expect(backoff.next(using: &generator) <= 1)
    }

    @Test func `Two subscribers do not come back in step`() {
        var backoff = ReconnectBackoff()
        var generator = SplitMix64(seed: 6)
        let waits = (0..<50).map { _ in
            backoff.reset()
            return backoff.next(using: &generator)
        }
        #expect(Set(waits).count == 50)
    }

    @Test func `A connection is given up after 120 s of silence`() throws {
        let peer = try EmbeddedPeer([SilenceWatch(limit: .seconds(120))])
        peer.pass(seconds: 119)
        #expect(peer.isOpen)
        try peer.send([1])
        peer.pass(seconds: 119)
        #expect(peer.isOpen)
        #expect(throws: VTPError.self) {
            peer.pass(seconds: 1)
            try peer.channel.throwIfErrorCaught()
        }
        #expect(!peer.isOpen)
    }

    @Test func `Bytes that never become a message do not count as life`() throws {
        let peer = try EmbeddedPeer([SilenceWatch(limit: .seconds(120))])
        try peer.sendRaw([0, 0, 0, 255])
        for _ in 0..<120 {
            try peer.sendRaw([1])
            peer.pass(seconds: 1)
        }
        #expect(!peer.isOpen)
    }
}
