// SPDX-License-Identifier: Apache-2.0

import Camera

/// Writes out what was found: places in the frame instead of the scene, times, light curve, verdict.
struct EventBuilder {
    let framesPerSecond: Double
    let pixelCount: Int
    let filters: [FalseAlarm.Filter]
    let target: ObservationTarget
    let flashThreshold: FlashThreshold
    var calibration = ProbabilityCalibration.standard

    /// Time and displacement of a past frame.
    struct FrameRecord {
        var time: FrameTime?
        var displacement: SIMD2<Double>
    }

    /// Expected false alarms of pure noise an hour that look as significant as a still spot.
    func falseAlarmsPerHour(_ flash: ClosedFlash) -> Double {
        flashThreshold.falseAlarmsPerHour(
            flash.strongest.statistic, isSingleFrame: flash.samples.count == 1)
    }

    /// The event of a still spot.
    func event(_ flash: ClosedFlash, verdict: Verdict, record: (Int) -> FrameRecord) -> DetectedEvent? {
        let track = flash.samples.map { sample in
            let info = record(sample.frame)
            let place = flash.place + info.displacement
            return TrackPoint(
                frame: sample.frame, x: place.x, y: place.y, fluxADU: sample.flux, fluxErrorADU: sample.error,
                time: info.time)
        }
        return event(
            track, peak: flash.peak, verdict: verdict, signalToNoise: flash.signalToNoise,
            background: flash.background, noise: flash.noise, saturated: flash.samples.contains(where: \.isSaturated),
            threshold: flash.threshold, sigma: flash.sigma, features: EventFeatures(flash),
            rate: falseAlarmsPerHour(flash))
    }

    /// The event of a moving track.
    func event(
        _ track: MovingTrack, verdict: Verdict, threshold: Double, background: Double, noise: Double,
        record: (Int) -> FrameRecord
    ) -> DetectedEvent? {
        let points = track.points.map { point in
            let info = record(point.frame)
            let place = point.place + info.displacement
            return TrackPoint(
                frame: point.frame, x: place.x, y: place.y, fluxADU: point.flux, fluxErrorADU: point.fluxError,
                time: info.time)
        }
        let peak = track.points.indices.max { track.points[$0].flux < track.points[$1].flux } ?? 0
        return event(
            points, peak: peak, verdict: verdict, signalToNoise: track.signalToNoise, background: background,
            noise: noise, saturated: track.points.contains(where: \.isSaturated), threshold: threshold,
            sigma: track.points[peak].sigma, features: EventFeatures(track, threshold: threshold),
            rate: FalseAlarm.ratePerHour(
                threshold: max(track.signalToNoise, 3), pixelCount: pixelCount, framesPerSecond: framesPerSecond,
                filters: filters))
    }

    private func event(
        _ track: [TrackPoint], peak: Int, verdict: Verdict, signalToNoise: Double, background: Double, noise: Double,
        saturated: Bool, threshold: Double, sigma: Double, features: EventFeatures,
        rate: Double
    ) -> DetectedEvent? {
        guard let first = track.first, let last = track.last else { return nil }
        let probability = calibration.probability(
            of: verdict.kind, target: target, features: features, falseAlarmsPerHour: rate)
        return DetectedEvent(
            kind: verdict.kind, isAlert: verdict.isAlert, frameFirst: first.frame, framePeak: track[peak].frame,
            frameLast: last.frame, timeStart: first.time, timePeak: track[peak].time, timeEnd: last.time,
            x: track[peak].x, y: track[peak].y, track: track, signalToNoise: signalToNoise,
            fluxADU: track.reduce(0) { $0 + $1.fluxADU },
            fluxErrorADU: track.reduce(0) { $0 + $1.fluxErrorADU * $1.fluxErrorADU }.squareRoot(),
            durationSeconds: Double(last.frame - first.frame + 1) / framesPerSecond, backgroundADU: background,
            noiseADU: noise, saturated: saturated, thresholdSigma: threshold, pointSpreadSigmaPixels: sigma,
            falseAlarmsPerHour: rate, probability: probability, features: features,
            reasons: verdict.reasons)
    }
}
