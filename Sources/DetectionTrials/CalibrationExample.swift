// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection

/// A report of a detector on a simulated scene, and what it was in truth.
public struct CalibrationExample: Sendable {
    /// What the report is for.
    public var subject: ProbabilityCalibration.Subject
    /// What the detector knew of it.
    public var features: EventFeatures
    /// Noise that is as significant, an hour, as the detector computed it.
    public var falseAlarmsPerHour: Double
    /// What was there; nil if nothing was.
    public var cause: SceneEvent.Kind?
    /// Such reports in an hour of nature, for this one of the simulation.
    public var weight: Double

    /// An example from its parts.
    public init(
        subject: ProbabilityCalibration.Subject, features: EventFeatures, falseAlarmsPerHour: Double,
        cause: SceneEvent.Kind?, weight: Double
    ) {
        self.subject = subject
        self.features = features
        self.falseAlarmsPerHour = falseAlarmsPerHour
        self.cause = cause
        self.weight = weight
    }

    /// True if the report called it by its name.
    public var isTrue: Bool {
        switch (subject.kind, cause) {
        case (.lunarFlash, .lunarFlash?), (.satellite, .satellite?), (.aircraft, .aircraft?),
            (.cosmicRay, .cosmicRay?), (.meteor, .meteor?), (.fireball, .meteor?), (.fireball, .fireball?):
            true
        // "Other" is right for what has no name of its own, and for nothing.
        case (.other, .insect?), (.other, .lightning?), (.other, nil): true
        default: false
        }
    }

    /// What a calibration says of the report, beside the truth.
    public func prediction(by calibration: ProbabilityCalibration) -> ReliabilityDiagram.Prediction {
        .init(
            probability: calibration.probability(
                of: subject.kind, target: subject.target, features: features, falseAlarmsPerHour: falseAlarmsPerHour),
            isTrue: isTrue, weight: weight)
    }
}

extension CalibrationExample {
    /// The reports of a trial.
    ///
    /// - Parameters:
    ///   - outcome: of a scene of the target.
    ///   - rates: how often each kind of thing happens in nature.
    static func examples(
        of outcome: TrialOutcome, target: ObservationTarget, rates: NaturalRates
    ) -> [CalibrationExample] {
        let hours = Double(outcome.frames) / outcome.framesPerSecond / 3600
        var simulated: [SceneEvent.Kind: Double] = [:]
        for truth in outcome.truth { simulated[truth.kind, default: 0] += 1 }
        return outcome.events.compactMap { event in
            guard let features = event.features else { return nil }
            let causes = outcome.truth.filter { explains($0, event) }.map(\.kind)
            let cause = causes.first { $0.rawValue == event.kind.rawValue } ?? causes.first
            let weight = cause.map { rates.perHour($0, target: target) / (simulated[$0] ?? 1) } ?? 1 / hours
            return CalibrationExample(
                subject: .init(target, event.kind), features: features, falseAlarmsPerHour: event.falseAlarmsPerHour,
                cause: cause, weight: weight)
        }
    }

    /// True if a report lies in the light of a true event, within two frames of it. Insects are large, lightning is
    /// everywhere, particles leave streaks, and of a satellite the faint beginning and end are seen, too.
    private static func explains(_ truth: EventTruth, _ event: DetectedEvent) -> Bool {
        let (reach, frames): (Double, Int) =
            switch truth.kind {
            case .lightning: (.infinity, 2)
            case .insect: (30, 2)
            case .cosmicRay: (20, 0)
            case .satellite: (40, 30)
            default: (8, 2)
            }
        return truth.samples.contains { sample in
            event.track.contains { point in
                let dx = point.x - sample.x
                let dy = point.y - sample.y
                return abs(point.frame - sample.frame) <= frames && dx * dx + dy * dy <= reach * reach
            }
        }
    }
}
