// SPDX-License-Identifier: Apache-2.0

/// Decides whether a detector could see anything at all, and adds up for how long it could not.
///
/// A cause counts once it has lasted for two seconds, and is over when none has been there for two: a car's headlights
/// are no state of the station.
struct SightMonitor {
    /// Why nothing can be seen; nil while the station sees.
    private(set) var cause: BlindnessCause?
    /// Time without sight so far, in seconds.
    private(set) var secondsBlind = 0.0

    private var candidate: BlindnessCause?
    private var candidateSeconds = 0.0
    private var secondsUnsearched = 0.0

    /// Seconds for which a state must last before it counts.
    static let patienceSeconds = 2.0
    /// Seconds without a searched frame that are still a beginning; the background is learnt in four.
    static let settlingSeconds = 30.0

    /// Takes a frame into account.
    ///
    /// - Parameters:
    ///   - status: of the detector after the frame.
    ///   - wasSearched: whether the frame was searched for events.
    ///   - isThresholdRaised: whether the candidate threshold stands at twice its floor.
    ///   - seconds: since the frame before.
    mutating func update(
        _ status: DetectorStatus, wasSearched: Bool, isThresholdRaised: Bool, seconds: Double
    ) {
        secondsUnsearched = wasSearched ? 0 : secondsUnsearched + seconds
        let found = presentCause(status, isThresholdRaised: isThresholdRaised)
        if found != candidate {
            // One cause after the other is one time of blindness.
            if found == nil || candidate == nil { candidateSeconds = 0 }
            candidate = found
        }
        candidateSeconds += seconds
        if cause != nil { secondsBlind += seconds }
        guard candidateSeconds >= SightMonitor.patienceSeconds, candidate != cause else { return }
        // What began a while ago counts from its beginning.
        if cause == nil { secondsBlind += candidateSeconds }
        cause = candidate
    }

    private func presentCause(_ status: DetectorStatus, isThresholdRaised: Bool) -> BlindnessCause? {
        let stream = status.stream
        if stream.saturatedFraction >= 0.5 { return .saturated }
        if stream.blackFraction >= 0.98 { return .black }
        if stream.framesSeen >= StreamQuality.leastFrames, stream.repeatedFrames > 0.9 { return .frozen }
        if status.maskedFraction > 0.5 { return .masked }
        if secondsUnsearched > SightMonitor.settlingSeconds { return .unsettled }
        if isThresholdRaised { return .thresholdRaised }
        let tests = status.selfTest
        if tests.testCount >= 10, tests.share(ofLast: 10) ?? 1 < 0.5 { return .selfTestFails }
        return nil
    }
}
