// SPDX-License-Identifier: Apache-2.0

import Camera
import Logging
import Synchronization

/// Times a receiver's pulses on a GPIO line with the kernel's stamps of the edges.
final class PulseInput: Sendable {
    private let input: any PinInput
    private let train = Mutex(PulseTrain())
    private let clock: any HostClock
    private let logger: Logger

    /// Seconds after which the thread looks whether it should end.
    private static let lookingIntervalSeconds = 0.25

    /// Takes the line.
    ///
    /// - Throws: `PinError` for a line that is missing, busy or forbidden.
    init(
        _ settings: PinSettings, board: any PinBoard, logger: Logger, clock: any HostClock = SystemHostClock()
    ) throws(PinError) {
        do {
            input = try board.input(settings, edges: .activation)
        } catch {
            throw error.of("pins.pps")
        }
        self.clock = clock
        self.logger = logger
    }

    /// What the pulses say now; nil without enough of them.
    var evidence: PulseEvidence? { train.withLock { $0.evidence(at: clock.monotonic()) } }

    /// Pulses so far.
    var count: Int { train.withLock { $0.count } }

    /// Times pulses until `stop` is raised; a line that fails is said and left.
    func run(until stop: StopFlag) {
        var converter = MonotonicToUTC(clock: clock)
        var steps = 0
        do throws(PinError) {
            while !stop.isRaised {
                guard let edge = try input.nextEdge(withinSeconds: Self.lookingIntervalSeconds) else { continue }
                let time = converter.utc(of: edge.instant).instant
                train.withLock { train in
                    // What was measured before a step says nothing of the clock now.
                    if converter.stepCount != steps { train.restart() }
                    train.take(time, at: edge.instant)
                }
                steps = converter.stepCount
            }
        } catch {
            logger.warning("\(error.of("pins.pps")); times go on without pulses")
        }
    }
}
