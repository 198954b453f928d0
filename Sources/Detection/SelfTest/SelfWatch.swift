// SPDX-License-Identifier: Apache-2.0

import Camera

/// A detector's watch over itself: the stream's quality, the self-test, and whether anything can be seen.
struct SelfWatch {
    private var sampler: StreamSampler
    private var selfTest: SelfTest
    private var monitor = SightMonitor()
    private let framesPerSecond: Double
    private let floor: Double
    private var lastIndex: Int?

    init(configuration: DetectorConfiguration, format: FrameFormat) {
        sampler = StreamSampler(format: format)
        let seconds = configuration.selfTestIntervalSeconds
        selfTest = SelfTest(
            intervalFrames: seconds > 0 ? max(1, Int((seconds * configuration.framesPerSecond).rounded())) : 0,
            sigmas: configuration.filterSigmas, goal: configuration.registersScene ? .event : .candidate,
            seed: configuration.selfTestSeed)
        framesPerSecond = configuration.framesPerSecond
        floor = configuration.candidateFloorSigma
    }

    /// Takes a frame into account after the detector has dealt with it, and writes into the status what it shows.
    ///
    /// - Parameters:
    ///   - alignment: how the frame lay against the background; nil if the frame was not searched.
    ///   - search: the state that the frame was searched with; only asked for when a self-test is due.
    mutating func observe(
        _ frame: Frame, background: BackgroundModel, alignment: SceneAlignment?, status: inout DetectorStatus,
        search: (SceneAlignment) -> ShadowSearch
    ) {
        sampler.observe(frame, background: background, alignment: alignment)
        if selfTest.isDue(frame: frame.index) {
            if let alignment {
                selfTest.run(frame, search: search(alignment))
            } else if selfTest.summary.testCount > 0 {
                selfTest.miss(frame)
            }
        }
        report(frame, wasSearched: alignment != nil, status: &status)
    }

    /// Takes a frame into account that repeats the one before and was therefore left out.
    mutating func skip(_ frame: Frame, background: BackgroundModel, status: inout DetectorStatus) {
        sampler.observe(frame, background: background, alignment: nil)
        report(frame, wasSearched: true, status: &status)
    }

    private mutating func report(_ frame: Frame, wasSearched: Bool, status: inout DetectorStatus) {
        status.stream = sampler.quality
        status.selfTest = selfTest.summary
        let frames = frame.index - (lastIndex ?? frame.index - 1)
        lastIndex = frame.index
        monitor.update(
            status, wasSearched: wasSearched, isThresholdRaised: status.candidateThresholdSigma >= 2 * floor,
            seconds: Double(frames) / framesPerSecond)
        status.blindness = monitor.cause
        status.secondsBlind = monitor.secondsBlind
    }
}
