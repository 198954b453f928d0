// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Detection

@Suite struct FlashClassifierTests {
    private let moon = FlashClassifier(configuration: .standard(for: .moon, framesPerSecond: 30))
    private let jupiter = FlashClassifier(configuration: .standard(for: .jupiter, framesPerSecond: 60))

    private func flash(
        frames: Int, signalToNoise: Double = 12, sharp: Double = -40, wide: Double = -20, scatter: Double = 0
    ) -> ClosedFlash {
        let error = 10.0
        let flux = signalToNoise * error / Double(frames).squareRoot()
        let candidate = Candidate(
            identifier: 1, frame: 100, frames: 1, place: SIMD2(50, 40), placeError: 0.1, statistic: signalToNoise,
            sigma: 1.4, flux: flux, fluxError: error, isSaturated: false)
        return ClosedFlash(
            strongest: candidate,
            samples: (0..<frames).map { .init(frame: 100 + $0, flux: flux, error: error, isSaturated: false) },
            peak: 0, peakFrame: 100, signalToNoise: signalToNoise, place: SIMD2(50, 40), sigma: 1.4,
            misfit: (sharp, wide), drift: nil,
            background: 40, noise: 3, threshold: 6.8, sceneScatter: scatter, isPersistent: false, wasDisturbed: false)
    }

    private func codes(_ verdict: Verdict) -> [String] { verdict.reasons.map(\.code) }

    @Test func `A point of light that stands still is an alert`() {
        let short = moon.judge(flash(frames: 1), falseAlarmsPerHour: 1e-6)
        #expect(short.isAlert && short.kind == .lunarFlash && codes(short).contains("single-frame"))
        let long = jupiter.judge(flash(frames: 60), falseAlarmsPerHour: 1e-6)
        #expect(long.isAlert && long.kind == .fireball && codes(long).contains("several-frames"))
    }

    @Test func `One sharp frame is a particle, and one that cannot be told is too`() {
        for sharp in [8.0, 0, -3] {
            let verdict = moon.judge(flash(frames: 1, sharp: sharp), falseAlarmsPerHour: 1e-6)
            #expect(!verdict.isAlert && verdict.kind == .cosmicRay, "\(sharp)")
        }
        // Two frames of the same shape are no particle's: charge is read out with its frame.
        #expect(moon.judge(flash(frames: 2, sharp: -3), falseAlarmsPerHour: 1e-6).isAlert)
    }

    @Test func `Light that comes and goes on is no flash`() {
        var circumstances = FlashCircumstances()
        circumstances.passingLight = 5.5
        let verdict = moon.judge(flash(frames: 1), circumstances: circumstances, falseAlarmsPerHour: 1e-6)
        #expect(!verdict.isAlert && verdict.kind == .satellite && codes(verdict).contains("passes"))
    }

    @Test func `Short spots at several places in a row are lights of an aircraft`() {
        var circumstances = FlashCircumstances()
        circumstances.companion = (distance: 80, seconds: 1)
        #expect(
            moon.judge(flash(frames: 2), circumstances: circumstances, falseAlarmsPerHour: 1e-6).kind == .aircraft)
        #expect(jupiter.judge(flash(frames: 60), circumstances: circumstances, falseAlarmsPerHour: 1e-6).isAlert)
    }

    @Test func `A flash that just reaches its threshold in a calm scene is an alert`() {
        #expect(moon.judge(flash(frames: 4, signalToNoise: 6.81), falseAlarmsPerHour: 1).isAlert)
        let fainter = moon.judge(flash(frames: 4, signalToNoise: 6.79), falseAlarmsPerHour: 1)
        #expect(!fainter.isAlert && codes(fainter).contains("below-threshold-when-measured"))
    }

    @Test func `What cloud or the sky beside the disk can make is no alert`() {
        var circumstances = FlashCircumstances()
        #expect(
            codes(jupiter.judge(flash(frames: 60, scatter: 3), circumstances: circumstances, falseAlarmsPerHour: 1e-6))
                .contains("within-cloud-noise"))
        #expect(
            jupiter.judge(
                flash(frames: 60, signalToNoise: 40, scatter: 3), circumstances: circumstances,
                falseAlarmsPerHour: 1e-6
            ).isAlert)
        circumstances.isOnTarget = false
        #expect(
            codes(jupiter.judge(flash(frames: 60), circumstances: circumstances, falseAlarmsPerHour: 1e-6))
                .contains("off-target"))
    }

    @Test func `Spots that are wide, too short for the target or wander are no alerts`() {
        #expect(!moon.judge(flash(frames: 3, wide: 9), falseAlarmsPerHour: 1e-6).isAlert)
        #expect(!jupiter.judge(flash(frames: 3), falseAlarmsPerHour: 1e-6).isAlert)
        var drifting = flash(frames: 12)
        drifting.drift = (distance: 6, error: 0.2)
        #expect(jupiter.judge(drifting, falseAlarmsPerHour: 1e-6).kind == .satellite)
        #expect(moon.isWorthTelling(flash(frames: 1)))
        var moving = flash(frames: 1)
        moving.isMoving = true
        #expect(!moon.isWorthTelling(moving))
    }
}
