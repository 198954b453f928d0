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
    /// False alarms of pure noise an hour that the detector promised.
    public let promisedPerHour: Double
    /// The distractors of the scene.
    public let truth: [EventTruth]
    /// What the detector reported.
    public let events: [DetectedEvent]
    /// Alerts of the detector with the lower threshold that no distractor explains; nil for moving events, whose
    /// threshold does not follow the rate.
    public let tail: TailFit?
    /// Rates of noise that makes the like of each of these alerts, an hour.
    public let tailRatesPerHour: [Double]

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

    /// Alerts that no distractor explains.
    private var unexplainedAlerts: Int {
        alerts.count { alert in !truth.contains { TrialOutcome.agree($0, alert) } }
    }

    /// Expected alerts in ten hours that no distractor explains, from the tail at the promise of this detector, and
    /// their limit at 95 %. Where there is no tail the alerts themselves are counted.
    public var alertsInTenHours: (expected: Double?, limit: Double) {
        let count = unexplainedAlerts
        let counted = count == 0 ? nil : 10 * Double(count) / hours
        let limit = 10 * CountInterval.poissonUpperLimit(count: count) / hours
        guard let tail else { return (counted, limit) }
        let fromTail = 10 * tail.upperLimitPerHour(promised: promisedPerHour)
        return (
            tail.ratePerHour(promised: promisedPerHour).map { 10 * $0 } ?? counted,
            count == 0 ? fromTail : max(fromTail, limit)
        )
    }

    /// The same for larger frames with the same noise and promise: as many more false alarms as there are more pixels
    /// and frames, each of which may make as much fewer. nil where the tail is not known.
    public func alertsInTenHours(pixelCount: Int, framesPerSecond: Double) -> Double? {
        let more = Double(pixelCount) * framesPerSecond / (Double(self.pixelCount) * self.framesPerSecond)
        return tail?.ratePerHour(promised: promisedPerHour / more).map { 10 * $0 * more }
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
