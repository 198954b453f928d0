// SPDX-License-Identifier: Apache-2.0

import Detection

/// What the operator is told of how well the station sees.
enum SightWords {
    /// That nothing can be seen, why, and what to do.
    static func blind(_ cause: BlindnessCause, status: DetectorStatus) -> String {
        "blind: \(cause.sentence)\(figures(cause, status).map { " (\($0))" } ?? ""); \(cause.remedy)"
    }

    /// That the station sees again.
    static func sight(afterSeconds seconds: Double, status: DetectorStatus) -> String {
        "sees again after \(seconds.fixed(0)) s; \(state(status))"
    }

    /// How the station sees, in a few figures.
    static func state(_ status: DetectorStatus) -> String {
        var text = "threshold \(status.thresholdSigma.fixed(1)) sigma, "
        text += "\(status.candidatesPerFrame.fixed(1)) candidates a frame, "
        text += "noise \(status.medianNoiseADU.fixed(1)) ADU, \(percent(status.maskedFraction)) masked"
        if let share = status.selfTest.recentShare {
            text +=
                ", self-test \(percent(share)) of the last \(min(status.selfTest.testCount, SelfTestSummary.memory))"
        }
        return text
    }

    /// What is wrong with the stream, and what to do; nil if nothing is.
    static func stream(_ quality: StreamQuality) -> String? {
        quality.advice.map { advice in
            "the stream is \(name(quality.verdict)) (noise correlates by \(quality.temporalCorrelation.fixed(2)) from "
                + "frame to frame and by \(quality.neighbourCorrelation.fixed(2)) between neighbours, blocks "
                + "\(quality.blockiness.fixed(2)), \(percent(quality.repeatedFrames)) of the frames repeated); \(advice)"
        }
    }

    /// What a recording's operator should know after its last frame.
    static func findings(_ status: DetectorStatus?) -> [String] {
        guard let status else { return [] }
        return [status.blindness.map { blind($0, status: status) }, stream(status.stream)].compactMap { $0 }
    }

    private static func name(_ verdict: StreamQuality.Verdict) -> String {
        switch verdict {
        case .unknown: "not known yet"
        case .independent: "made of independent frames"
        case .smoothed: "smoothed in time"
        case .compressed: "compressed"
        case .duplicatedFrames: "padded with repeated frames"
        }
    }

    private static func figures(_ cause: BlindnessCause, _ status: DetectorStatus) -> String? {
        switch cause {
        case .noFrames, .unsettled: nil
        case .saturated: "\(percent(status.stream.saturatedFraction)) of the pixels"
        case .black: "\(percent(status.stream.blackFraction)) of the pixels are 0"
        case .frozen: "\(percent(status.stream.repeatedFrames)) of the frames repeat the one before"
        case .masked: percent(status.maskedFraction)
        case .thresholdRaised:
            "\(status.candidateThresholdSigma.fixed(1)) sigma, floor \(status.candidateFloorSigma.fixed(1)), "
                + "\(status.candidatesPerFrame.fixed(1)) candidates a frame"
        case .selfTestFails:
            "\(percent(status.selfTest.share(ofLast: 10) ?? 0)) of the last 10; threshold "
                + "\(status.thresholdSigma.fixed(1)) sigma, width \(status.statisticScale.fixed(2)), noise "
                + "\(status.medianNoiseADU.fixed(1)) ADU"
        }
    }

    private static func percent(_ share: Double) -> String { "\((100 * share).fixed(0)) %" }
}
