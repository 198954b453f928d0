// SPDX-License-Identifier: Apache-2.0

import Detection
import Telemetry

/// How well the station sees, for monitoring systems.
enum DetectorMetrics {
    /// The figures of a journal.
    static func metrics(_ journal: SightJournal) -> [Metric] {
        var metrics = [
            Metric("psws_frames", .counter, help: "Frames searched.", value: Double(journal.counts.frames)),
            Metric(
                "psws_frames_dropped", .counter, help: "Frames known to be lost on the way.",
                value: Double(journal.counts.dropped)),
            Metric(
                "psws_frames_passed", .counter, help: "Frames not searched because of a closed roof or rain.",
                value: Double(journal.framesPassed)),
            Metric("psws_events", .counter, help: "Events of every kind.", value: Double(journal.counts.events)),
            Metric(
                "psws_blind", .counter, unit: "seconds", help: "Time in which nothing could have been seen.",
                value: journal.secondsBlind),
            Metric(
                "psws_blindness", help: "Why nothing can be seen at the moment; all 0 while the station sees.",
                label: "cause", states: BlindnessCause.allCases.map(\.rawValue), present: journal.blindness?.rawValue),
        ]
        if let status = journal.status {
            metrics += detector(status) + selfTest(status.selfTest) + stream(status.stream)
        }
        return metrics
    }

    private static func detector(_ status: DetectorStatus) -> [Metric] {
        [
            Metric(
                "psws_detector_threshold", .gauge, unit: "sigma",
                help: "Signal to noise from which on a single spot is an event.", value: status.thresholdSigma),
            Metric(
                "psws_detector_candidate_threshold", .gauge, unit: "sigma",
                help: "Signal to noise from which on a spot is a candidate; steers itself.",
                value: status.candidateThresholdSigma),
            Metric(
                "psws_detector_candidate_floor", .gauge, unit: "sigma",
                help: "Signal to noise below which the candidate threshold never falls.",
                value: status.candidateFloorSigma),
            Metric(
                "psws_detector_candidates_per_frame", .gauge, help: "Candidates in a frame, running mean.",
                value: status.candidatesPerFrame),
            Metric(
                "psws_detector_candidate_goal_per_frame", .gauge,
                help: "Candidates in a frame to which the threshold steers.", value: status.candidateGoalPerFrame),
            Metric(
                "psws_detector_masked", .gauge, unit: "ratio", help: "Share of the pixels that are not looked at.",
                value: status.maskedFraction),
            Metric(
                "psws_detector_noise", .gauge, unit: "adu", help: "Median standard deviation of a pixel.",
                value: status.medianNoiseADU),
            Metric(
                "psws_detector_statistic_width", .gauge, unit: "sigma",
                help: "Width of the matched filter's output; 1 for independent noise.", value: status.statisticScale),
            Metric(
                "psws_detector_degraded", .gauge, help: "1 while floods or disturbances hide faint events.",
                value: status.isDegraded ? 1 : 0),
            Metric(
                "psws_detector_disturbed_frames", .counter, help: "Frames set aside because the whole picture changed.",
                value: Double(status.disturbedFrames)),
        ]
    }

    private static func selfTest(_ summary: SelfTestSummary) -> [Metric] {
        [
            Metric(
                "psws_self_tests", .counter, help: "Synthetic flashes of 8 sigma shown to the detector.",
                value: Double(summary.testCount)),
            Metric(
                "psws_self_tests_recovered", .counter, help: "Synthetic flashes that were found.",
                value: Double(summary.recoveredCount)),
            Metric(
                "psws_self_test_recovered", .gauge, unit: "ratio",
                help: "Share of the last 30 synthetic flashes that were found.", value: summary.recentShare ?? .nan),
        ]
    }

    private static func stream(_ quality: StreamQuality) -> [Metric] {
        [
            Metric(
                "psws_stream", help: "What the frames are taken for.", label: "verdict",
                states: StreamQuality.Verdict.allCases.map(\.rawValue), present: quality.verdict.rawValue),
            Metric(
                "psws_stream_temporal_correlation", .gauge, unit: "ratio",
                help: "Correlation of a pixel's noise with that of the frame before.",
                value: quality.temporalCorrelation),
            Metric(
                "psws_stream_neighbour_correlation", .gauge, unit: "ratio",
                help: "Correlation of the noise of neighbouring pixels.", value: quality.neighbourCorrelation),
            Metric(
                "psws_stream_blockiness", .gauge, unit: "ratio",
                help: "Excess of steps at the edges of blocks of 8 pixels.", value: quality.blockiness),
            Metric(
                "psws_stream_repeated_pixels", .gauge, unit: "ratio",
                help: "Share of the pixels with exactly the value of the frame before.", value: quality.repeatedPixels),
            Metric(
                "psws_stream_repeated_frames", .gauge, unit: "ratio",
                help: "Share of the frames that repeat the one before.", value: quality.repeatedFrames),
            Metric(
                "psws_stream_black", .gauge, unit: "ratio", help: "Share of the pixels that are 0.",
                value: quality.blackFraction),
            Metric(
                "psws_stream_saturated", .gauge, unit: "ratio", help: "Share of the pixels at the top of their range.",
                value: quality.saturatedFraction),
        ]
    }
}
