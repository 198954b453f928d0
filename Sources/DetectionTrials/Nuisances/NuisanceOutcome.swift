// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection

/// What detectors made of a nuisance.
public struct NuisanceOutcome: Sendable {
    /// What the camera looked at.
    public let kind: SceneConfiguration.Kind
    /// What might be mistaken.
    public let nuisance: Nuisance
    /// Length of the scene in hours.
    public let hours: Double
    /// Frame rate of the scene.
    public let framesPerSecond: Double
    /// Pixels of a frame.
    public let pixelCount: Int
    /// Signal to noise from which on a still spot was an alert.
    public let thresholdSigma: Double
    /// The distractors of the scene.
    public let truth: [EventTruth]
    /// What the detector reported.
    public let events: [DetectedEvent]
    /// Alerts of the detector with the lower threshold that no distractor explains; nil for moving events, whose
    /// threshold does not follow the rate.
    public let tail: TailFit?
    /// Signal to noise of those.
    public let tailSignalToNoise: [Double]
    /// Frames that the detector set aside.
    public let degradedFrames: Int

    /// All alerts: every one is false.
    public var alerts: [DetectedEvent] { events.filter(\.isAlert) }

    /// How many distractors were reported as what: an alert if there was one, else the strongest report.
    public var reportedAs: [(name: String, count: Int)] {
        var counts: [String: Int] = [:]
        for distractor in truth {
            let reports = events.filter { TrialOutcome.agree(distractor, $0) }
            let report =
                reports.first(where: \.isAlert) ?? reports.max { $0.signalToNoise < $1.signalToNoise }
            counts[report.map { ($0.isAlert ? "alert: " : "") + $0.kind.rawValue } ?? "nothing", default: 0] += 1
        }
        return counts.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.map { ($0.key, $0.value) }
    }

    /// Expected alerts in ten hours, from the tail at the threshold of these frames, and its limit at 95 %.
    ///
    /// Without a tail the alerts themselves are counted.
    public var alertsInTenHours: (expected: Double?, limit: Double) {
        // Alerts of distractors are not in the tail: both add up.
        let own = truth.isEmpty ? 0 : Double(alerts.count) / hours * 10
        guard let tail, let slope = tail.slope, slope > 0 else {
            return (
                alerts.isEmpty ? nil : Double(alerts.count) / hours * 10,
                CountInterval.poissonUpperLimit(count: alerts.count) / hours * 10
            )
        }
        let expected = tail.ratePerHour(above: thresholdSigma).map { $0 * 10 + own }
        return (expected, tail.upperLimitPerHour(above: thresholdSigma) * 10 + own)
    }

    /// The same for larger frames with the same noise: as many more false alarms as there are more pixels and frames,
    /// above the threshold that a detector has for them. nil where the tail is not known.
    public func alertsInTenHours(pixelCount: Int, framesPerSecond: Double, thresholdSigma: Double) -> Double? {
        guard let tail, let rate = tail.ratePerHour(above: thresholdSigma) else { return nil }
        let more = Double(pixelCount) * framesPerSecond / (Double(self.pixelCount) * self.framesPerSecond)
        return 10 * rate * more
    }
}

extension SceneConfiguration.Kind {
    /// What a detector for the scene is told to watch.
    public var observationTarget: ObservationTarget {
        switch self {
        case .moon: .moon
        case .jupiter: .jupiter
        case .sky: .sky
        }
    }
}
