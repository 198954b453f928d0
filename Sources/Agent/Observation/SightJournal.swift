// SPDX-License-Identifier: Apache-2.0

import Detection

/// Follows how well the station sees over all its streams of frames, and decides when the operator hears of it.
///
/// One line when a state begins and one when it ends, not one a frame. Times are seconds of any steady clock.
struct SightJournal {
    /// Something to tell.
    struct Entry: Hashable {
        /// True for what the operator should do something about.
        var isWarning: Bool
        var sentence: String
    }

    /// Why nothing can be seen at the moment; nil if the station sees, or has not begun to look.
    private(set) var blindness: BlindnessCause?
    /// The detector's last status.
    private(set) var status: DetectorStatus?
    /// Counts of all streams so far.
    private(set) var counts = ObservationPipeline.Counts()

    /// Frames that were not searched because of a closed roof or rain.
    private(set) var framesPassed = 0

    private var verdict = StreamQuality.Verdict.unknown
    private var blindSince = 0.0
    private var lastFrame: Double?
    /// Until when the time without frames is in `secondsWithoutFrames`.
    private var countedUntil: Double?
    private var earlierSecondsBlind = 0.0
    private var earlierCounts = ObservationPipeline.Counts()
    private var secondsWithoutFrames = 0.0

    /// Seconds without a frame that are no state of the station yet.
    static let patienceSeconds = 10.0

    /// Time without sight so far, in seconds: what the detectors counted, and what had no frames.
    var secondsBlind: Double { earlierSecondsBlind + (status?.secondsBlind ?? 0) + secondsWithoutFrames }

    /// A stream of frames begins, with a detector of its own.
    mutating func beginStream(now: Double) {
        earlierSecondsBlind += status?.secondsBlind ?? 0
        earlierCounts = counts
        status = nil
        verdict = .unknown
        if lastFrame == nil { lastFrame = now }
    }

    /// A frame was searched.
    mutating func takeFrame(
        _ status: DetectorStatus, counts: ObservationPipeline.Counts, now: Double
    ) -> [Entry] {
        if blindness == .noFrames { countTimeWithoutFrames(until: now) }
        lastFrame = now
        self.status = status
        self.counts = earlierCounts + counts
        return turn(to: status.blindness, now: now) + turn(to: status.stream)
    }

    /// A frame came that is not searched, because of a closed roof or rain.
    mutating func passFrame(now: Double) -> [Entry] {
        lastFrame = now
        framesPassed += 1
        return blindness == .noFrames ? turn(to: nil, now: now) : []
    }

    /// Time has passed, with or without frames.
    mutating func tick(now: Double) -> [Entry] {
        if lastFrame == nil { lastFrame = now }
        guard let lastFrame, now - lastFrame > SightJournal.patienceSeconds else { return [] }
        countTimeWithoutFrames(until: now)
        return turn(to: .noFrames, now: now)
    }

    /// Once the patience is at its end the time since the last frame counts, all of it.
    private mutating func countTimeWithoutFrames(until now: Double) {
        guard let lastFrame else { return }
        secondsWithoutFrames += now - max(lastFrame, countedUntil ?? lastFrame)
        countedUntil = now
    }

    private mutating func turn(to cause: BlindnessCause?, now: Double) -> [Entry] {
        guard cause != blindness else { return [] }
        if blindness == nil { blindSince = now }
        blindness = cause
        let status = status ?? DetectorStatus()
        guard let cause else {
            return [
                Entry(isWarning: false, sentence: SightWords.sight(afterSeconds: now - blindSince, status: status))
            ]
        }
        return [Entry(isWarning: true, sentence: SightWords.blind(cause, status: status))]
    }

    private mutating func turn(to stream: StreamQuality) -> [Entry] {
        guard stream.verdict != verdict, stream.verdict != .unknown else { return [] }
        let wasWrong = verdict != .unknown && verdict != .independent
        verdict = stream.verdict
        if let sentence = SightWords.stream(stream) { return [Entry(isWarning: true, sentence: sentence)] }
        return wasWrong ? [Entry(isWarning: false, sentence: "the stream's frames are independent again")] : []
    }
}

extension ObservationPipeline.Counts {
    /// The counts of two streams together.
    static func + (
        first: ObservationPipeline.Counts, second: ObservationPipeline.Counts
    ) -> ObservationPipeline.Counts {
        var sum = first
        sum.frames += second.frames
        sum.dropped += second.dropped
        sum.events += second.events
        return sum
    }
}
