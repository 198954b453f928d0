// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Camera

@Suite struct V4L2SequenceCounterTests {
    private func losses(_ numbers: [UInt32]) -> [Int] {
        var counter = V4L2SequenceCounter()
        return numbers.map { counter.lost(before: $0) }
    }

    @Test func `A gap is what lies between two numbers`() {
        #expect(losses([7, 8, 11, 12]) == [0, 0, 2, 0])
    }

    @Test func `Numbers wrap around`() {
        #expect(losses([.max - 1, .max, 0, 2]) == [0, 0, 0, 1])
    }

    @Test
    func `A first step that the time since the start does not allow is the driver's counting, later ones are losses`() {
        var counter = V4L2SequenceCounter()
        let lost = [0, 998, 1100].map { counter.lost(before: $0, possibleLosses: 40) }
        #expect(lost == [0, 0, 101])
        counter.restart()
        #expect([5, 36].map { counter.lost(before: $0, possibleLosses: 40) } == [0, 30])
    }

    @Test func `A driver that does not count, or counts anew, has lost nothing`() {
        #expect(losses([0, 0, 0]) == [0, 0, 0])
        #expect(losses([500, 0, 1, 3]) == [0, 0, 0, 1])
        #expect(losses([1, 3_000_000_000, 3_000_000_001]) == [0, 0, 0])
    }
}
