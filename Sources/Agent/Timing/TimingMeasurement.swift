// SPDX-License-Identifier: Apache-2.0

import Camera
import UTC

/// Measures how late a camera's stamps are, with a light in its field of view whose instants are known.
///
/// The light blinks slowly first, to be found in the frames, and then at random, to be compared with them.
struct TimingMeasurement {
    let source: any FrameSource
    let lamp: any Lamp
    /// Pulses of the comparison; nil for as many as the exposure needs.
    let pulseCount: Int?
    /// Decides when the light blinks.
    let seed: UInt64

    /// What came out.
    struct Result: Sendable, Hashable {
        var fit: LatencyFit
        var spot: LampFinder.Spot
        var pulseCount: Int
        /// Greatest error of the light's own instants that count, in seconds.
        var pulseErrorSeconds: Double
    }

    /// Light and dark for so long, so often, to find the light.
    private static let blinkSeconds = 1.0
    private static let blinkCount = 3
    /// Latest stamps that are looked for: USB cameras that keep a queue are some tenths of a second late.
    private static let greatestLatencySeconds = 0.5
    /// Edges that are wanted by default, twice what is needed.
    private static let wantedEdges = 2.0 * Double(LatencyFit.leastEdges)
    private static let pulseCounts = 60.0...2000.0
    /// Switching that takes longer was interrupted. A few such edges stand out from the others and are not counted.
    private static let greatestPulseErrorSeconds = 0.5e-3
    private static let greatestInterruptedShare = 0.1
    /// Frames of a blink that are kept in memory.
    private static let keptFrames = 64

    /// Runs the measurement; it takes as long as its plans, half a minute mostly.
    ///
    /// - Parameter tell: progress, a sentence at a time.
    /// - Throws: `TimingError`, `CameraError`, `PinError`.
    func run(tell: (String) -> Void) throws -> Result {
        let description = source.description
        guard let rate = description.framesPerSecond, rate > 0 else {
            throw TimingError(
                .notConfigured, message: "the camera does not say how many frames it gives a second",
                remedy: "write camera.rate")
        }
        tell("looking for the light in the frames")
        let spot = try find(frameIntervalSeconds: 1 / rate)
        let exposure = min(description.exposureSeconds ?? 0.5 / rate, 1 / rate)
        // An exposure that fills the time between frames catches both edges of every pulse.
        let needed = Self.wantedEdges / (2 * exposure * rate)
        let count = pulseCount ?? Int(min(max(needed, Self.pulseCounts.lowerBound), Self.pulseCounts.upperBound))
        let plan = PulsePlan.random(count: count, frameIntervalSeconds: 1 / rate, seed: seed)
        tell("\(count) pulses in \(plan.durationSeconds.fixed(0)) s")
        var samples: [LightSample] = []
        let pulses = try watch(plan) { frame, time in
            samples.append(LightSample(time: time, light: frame.sum(at: spot.pixels)))
        }
        let good = pulses.filter { $0.errorSeconds <= Self.greatestPulseErrorSeconds }
        guard Double(pulses.count - good.count) <= Self.greatestInterruptedShare * Double(pulses.count) else {
            throw TimingError(
                .noAgreement,
                message: "\(pulses.count - good.count) of \(pulses.count) pulses were interrupted while they were made",
                remedy: "stop what else keeps this machine busy")
        }
        let fit = try LatencyFit(
            samples: samples, pulses: pulses, frameIntervalSeconds: 1 / rate,
            exposureSeconds: description.exposureSeconds, greatestLatencySeconds: Self.greatestLatencySeconds)
        return Result(
            fit: fit, spot: spot, pulseCount: pulses.count,
            pulseErrorSeconds: good.reduce(0) { max($0, $1.errorSeconds) })
    }

    private func find(frameIntervalSeconds: Double) throws -> LampFinder.Spot {
        let seconds = max(Self.blinkSeconds, 12 * frameIntervalSeconds)
        var frames: [(frame: Frame, time: UTCInstant)] = []
        var finder = LampFinder(format: source.description.format)
        // What the light really did is known only afterwards: the frames of one blink are kept until then.
        for _ in 0..<Self.blinkCount {
            frames.removeAll()
            let pulses = try watch(.blinking(count: 1, seconds: seconds)) { frame, time in
                if frames.count < Self.keptFrames { frames.append((frame, time)) }
            }
            guard let pulse = pulses.first else { throw TimingError.lampNotSeen("it was never on") }
            for (frame, time) in frames {
                let sinceOn = time.seconds(since: pulse.on)
                let sinceOff = time.seconds(since: pulse.off)
                if sinceOn > Self.greatestLatencySeconds + frameIntervalSeconds, sinceOff < -frameIntervalSeconds {
                    finder.add(frame, isLit: true)
                } else if sinceOn < -frameIntervalSeconds
                    || sinceOff > Self.greatestLatencySeconds + frameIntervalSeconds
                {
                    finder.add(frame, isLit: false)
                }
            }
        }
        return try finder.spot()
    }

    /// Lets the lamp follow a plan and looks at every frame, until the last light has come through.
    private func watch(_ plan: PulsePlan, look: (Frame, UTCInstant) -> Void) throws -> [LightPulse] {
        lamp.play(plan)
        do {
            var start: UTCInstant?
            while let frame = try source.nextFrame() {
                guard let time = frame.time?.middleOfExposure else { continue }
                look(frame, time)
                let begin = start ?? time
                start = begin
                if time.seconds(since: begin) > plan.durationSeconds + 2 * Self.greatestLatencySeconds { break }
            }
        } catch {
            _ = try? lamp.stop()
            throw error
        }
        return try lamp.stop()
    }
}
