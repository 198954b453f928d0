// SPDX-License-Identifier: Apache-2.0

import Camera
import Synchronization
import Testing
import UTC

@testable import Agent

@Suite struct PulseTests {
    private let start: Int64 = 1_795_377_600_000_000_000

    private func instant(_ second: Int) -> MonotonicInstant {
        MonotonicInstant(nanosecondsSinceBoot: Int64(second) * 1_000_000_000)
    }

    /// A train of pulses, one a second, that the clock sees so many nanoseconds late.
    private func train(_ offsets: [Int64]) -> PulseTrain {
        var train = PulseTrain()
        for (second, offset) in offsets.enumerated() {
            let time = UTCInstant(nanosecondsSince1970: start + Int64(second) * 1_000_000_000 + offset)
            train.take(time, at: instant(second))
        }
        return train
    }

    @Test(arguments: [3000, -3000] as [Int64])
    func `The median of the offsets is the clock's, early or late`(offset: Int64) throws {
        let evidence = try #require(
            train((0..<20).map { offset + ($0 % 2 == 0 ? 1000 : -1000) }).evidence(at: instant(20)))
        #expect(abs(evidence.offsetSeconds - Double(offset) / 1e9) < 1.001e-6)
        #expect(evidence.jitterSeconds > 0.9e-6 && evidence.jitterSeconds < 3.1e-6 && evidence.pulseCount == 20)
        #expect(evidence.source.contains(offset < 0 ? "slow" : "fast"))
    }

    @Test func `A false pulse among true ones does no harm`() throws {
        var offsets = [Int64](repeating: 2000, count: 30)
        offsets[7] = 400_000_000
        offsets[20] = -300_000_000
        let evidence = try #require(train(offsets).evidence(at: instant(30)))
        #expect(evidence.offsetSeconds == 2e-6 && evidence.jitterSeconds == 0)
    }

    @Test func `Too few pulses, or old ones, say nothing`() {
        #expect(train([Int64](repeating: 0, count: 7)).evidence(at: instant(7)) == nil)
        let train = train([Int64](repeating: 0, count: 8))
        #expect(train.evidence(at: instant(8)) != nil)
        #expect(train.evidence(at: instant(13)) == nil)
    }

    @Test func `A minute of pulses is remembered, and none over a step of the clock`() {
        var train = train([Int64](repeating: 9000, count: 100) + [Int64](repeating: 1000, count: 60))
        #expect(train.evidence(at: instant(160))?.offsetSeconds == 1e-6)
        train.restart()
        #expect(train.evidence(at: instant(160)) == nil && train.count == 160)
    }

    @Test func `The clock's error comes from whoever knows it best`() {
        var evidence = ClockEvidence(
            sampledAt: UTCInstant(nanosecondsSince1970: start), isSynchronised: true, estimatedErrorSeconds: 0.01,
            maximumErrorSeconds: 0.2)
        #expect(evidence.errorSeconds == 0.01)
        evidence.chrony = ChronyTracking(
            reference: "PPS", stratum: 1, isSynchronised: true, correctionSeconds: 3e-4, rmsOffsetSeconds: 4e-4,
            rootDelaySeconds: 0, rootDispersionSeconds: 1e-3)
        #expect(abs((evidence.errorSeconds ?? 0) - 5e-4) < 1e-12)
        evidence.pulses = PulseEvidence(offsetSeconds: -3e-6, jitterSeconds: 4e-6, pulseCount: 60)
        #expect(abs((evidence.errorSeconds ?? 0) - 5e-6) < 1e-12)
        #expect(
            evidence.source == "pulses: the clock is 3 µs slow, jitter 4 µs over 60; chrony: stratum 1, follows PPS, "
                + "estimated error 0.5 ms, at most 1.3 ms; kernel: synchronised, estimated error 10 ms, at most 200 ms")
        evidence.isSynchronised = false
        #expect(evidence.errorSeconds == nil)
    }

    @Test func `Edges on the line become pulses with the kernel's stamps`() throws {
        let clock = SteppingClock()
        let end = StopFlag()
        let input = PulseLine(clock: clock, pulses: 10, lateNanoseconds: 5000, end: end)
        let pulses = try PulseInput(
            PinSettings(address: #require(PinAddress("pps"))), board: PulseBoard(input: input),
            logger: Journal().logger, clock: clock)
        pulses.run(until: end)
        #expect(pulses.count == 10)
        #expect(abs((pulses.evidence?.offsetSeconds ?? 0) - 5e-6) < 1e-9)
    }
}

/// A line on which a receiver gives one pulse a second of the clock.
private final class PulseLine: PinInput {
    private let clock: SteppingClock
    private let late: Int64
    private let end: StopFlag
    private let remaining: Mutex<Int>

    init(clock: SteppingClock, pulses: Int, lateNanoseconds: Int64, end: StopFlag) {
        self.clock = clock
        late = lateNanoseconds
        self.end = end
        remaining = Mutex(pulses)
    }

    func read() -> Bool { false }

    func retake() {}

    func nextEdge(withinSeconds seconds: Double) -> PinEdge? {
        let isOver = remaining.withLock { remaining in
            remaining -= 1
            return remaining < 0
        }
        guard !isOver else {
            end.raise()
            return nil
        }
        clock.step(seconds: 1)
        // The clock reads a full second here: a stamp that is later shows a clock that is fast.
        let stamp = MonotonicInstant(nanosecondsSinceBoot: clock.monotonic().nanosecondsSinceBoot + late)
        return PinEdge(instant: stamp, isActive: true)
    }
}

private struct PulseBoard: PinBoard {
    let input: PulseLine

    func find(_ address: PinAddress) -> PinPlace { PinPlace(chip: "gpiochip0", offset: 18) }
    func input(_ settings: PinSettings, edges: PinEdges) -> any PinInput { input }
    func output(_ settings: PinSettings, isActive: Bool) -> any PinOutput { VirtualOutput() }
}
