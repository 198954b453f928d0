// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection

/// What a detector made of flashes in white noise.
public struct WhiteNoiseOutcome: Sendable {
    /// The frames, with their flashes.
    public let field: NoiseFieldConfiguration
    /// Each flash with what was reported of it, in the order of time.
    public let recoveries: [FlashRecovery]
    /// Alerts that no flash explains.
    public let falseAlerts: [DetectedEvent]
    /// Signal to noise from which on the detector gave alerts.
    public let detectorThreshold: Double

    /// Assigns events to flashes: within 6 pixels and two frames.
    init(field: NoiseFieldConfiguration, events: [DetectedEvent], detectorThreshold: Double) {
        self.field = field
        self.detectorThreshold = detectorThreshold
        // Flashes follow each other, so that a frame belongs to one of them at most.
        var flashOfFrame: [Int: Int] = [:]
        for (index, flash) in field.flashes.enumerated() {
            for frame in flash.firstFrame - 2...flash.lastFrame + 2 { flashOfFrame[frame] = index }
        }
        var reports: [Int: [DetectedEvent]] = [:]
        var falseAlerts: [DetectedEvent] = []
        for event in events {
            let flash = event.track.lazy.compactMap { point -> Int? in
                guard let index = flashOfFrame[point.frame] else { return nil }
                let (dx, dy) = (point.x - field.flashes[index].x, point.y - field.flashes[index].y)
                return dx * dx + dy * dy <= 36 ? index : nil
            }.first
            if let flash {
                reports[flash, default: []].append(event)
            } else if event.isAlert {
                falseAlerts.append(event)
            }
        }
        self.falseAlerts = falseAlerts
        let noise = field.sampleNoiseADU
        recoveries = field.flashes.enumerated().map { index, flash in
            let all = reports[index] ?? []
            return FlashRecovery(
                flash: flash, fluxADU: flash.flux(noiseADU: noise).reduce(0, +),
                alert: all.filter(\.isAlert).max { $0.signalToNoise < $1.signalToNoise },
                otherReport: all.first { !$0.isAlert })
        }
    }
}
