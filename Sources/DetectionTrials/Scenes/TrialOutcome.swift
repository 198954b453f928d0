// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection

/// What a detector made of a scene whose truth is known.
public struct TrialOutcome: Sendable {
    /// The events that were put into the scene.
    public var truth: [EventTruth]
    /// The events that the detector reported.
    public var events: [DetectedEvent]
    /// Frames processed.
    public var frames: Int
    /// Frame rate of the scene.
    public var framesPerSecond: Double
    /// Threshold for single spots at the end.
    public var thresholdSigma: Double
    /// Greatest number of frames from the last frame of an alert to the frame that reported it.
    public var latestAlertDelayFrames: Int

    /// Pairs of a true target event and the alert that found it, in the order of the truth; the alert is nil if the
    /// event was missed.
    public var recoveries: [Recovery] {
        truth.filter(\.kind.isTarget).map { Recovery(truth: $0, alert: alert(for: $0)) }
    }

    /// Alerts that no true target event explains.
    public var falseAlerts: [DetectedEvent] {
        let targets = truth.filter(\.kind.isTarget)
        return events.filter { event in event.isAlert && !targets.contains { TrialOutcome.agree($0, event) } }
    }

    /// What was reported of a true event without an alert: the same place and time, called something else.
    public func otherReports(of truth: EventTruth) -> [DetectedEvent] {
        events.filter { !$0.isAlert && TrialOutcome.agree(truth, $0) }
    }

    private func alert(for truth: EventTruth) -> DetectedEvent? {
        events.filter { $0.isAlert && TrialOutcome.agree(truth, $0) }.max { $0.signalToNoise < $1.signalToNoise }
    }

    /// True if an event lies within 6 pixels of the truth in a common frame, or within two frames of it.
    static func agree(_ truth: EventTruth, _ event: DetectedEvent) -> Bool {
        truth.samples.contains { sample in
            event.track.contains { point in
                let dx = point.x - sample.x
                let dy = point.y - sample.y
                return abs(point.frame - sample.frame) <= 2 && dx * dx + dy * dy <= 36
            }
        }
    }
}

/// A true event and the alert that found it.
public struct Recovery: Sendable {
    /// What was put into the scene.
    public var truth: EventTruth
    /// What was reported; nil if it was missed.
    public var alert: DetectedEvent?
}

extension SceneEvent.Kind {
    /// True for events that a station looks for.
    var isTarget: Bool { self == .lunarFlash || self == .fireball || self == .meteor }
}
