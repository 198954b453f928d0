// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import Agent

@Suite(.serialized)
struct ServiceSignalsTests {
    @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
    func `A signal right after the signals are taken arrives`(number: Int32) async {
        for _ in 0..<50 {
            let signals = await ServiceSignals()
            kill(getpid(), number)
            var arrived = signals.stream.makeAsyncIterator()
            #expect(await arrived.next() == number)
        }
    }
}
