// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Detection

/// What a moving track is taken for.
@Suite struct MotionClassifierTests {
    private let classifier = MotionClassifier(
        configuration: .standard(for: .sky, framesPerSecond: 25), width: 640, height: 480)

    /// A track of a spot for each frame.
    private func track(
        frames: Int, statistic: Double = 10, flux: (Int) -> Double, halo: Double = 0,
        place: (Double) -> SIMD2<Double>
    ) throws -> MovingTrack {
        var spots = SyntheticSpots(width: 640, height: 480, seed: 1)
        let points = (0..<frames).map { frame in
            let place = place(Double(frame))
            return spots.spot(
                frame: frame, x: place.x, y: place.y, statistic: statistic, flux: flux(frame), halo: halo)
        }
        return try #require(MovingTrack(points: points))
    }

    /// A light that rises and falls.
    private func meteorLight(_ frame: Int, of frames: Int) -> Double {
        let phase = Double(frame + 1) / Double(frames + 1)
        return 4000 * phase * (1 - phase)
    }

    @Test func `A point of light that rises and falls on a straight path is a meteor`() throws {
        let track = try track(frames: 12) {
            meteorLight($0, of: 12)
        } place: {
            SIMD2(100 + 5 * $0, 80 + 2 * $0)
        }
        let verdict = classifier.judge(track)
        #expect(verdict.kind == .meteor)
        #expect(verdict.isAlert)
    }

    @Test func `A slow steady light is a satellite`() throws {
        let track = try track(frames: 80) { _ in
            500
        } place: {
            SIMD2(100 + 0.3 * $0, 80)
        }
        #expect(classifier.judge(track).kind == .satellite)
        #expect(!classifier.judge(track).isAlert)
    }

    @Test func `A fast light without change over seconds is a satellite, however the scale may be`() throws {
        let track = try track(frames: 80) { _ in
            500
        } place: {
            SIMD2(100 + 3 * $0, 80)
        }
        #expect(classifier.judge(track).kind == .satellite)
    }

    @Test func `A strobe once a second makes an aircraft`() throws {
        let track = try track(frames: 70) {
            $0 % 25 == 3 ? 3500 : 500
        } place: {
            SIMD2(100 + 3 * $0, 80)
        }
        #expect(classifier.judge(track).kind == .aircraft)
        #expect(!classifier.judge(track).isAlert)
    }

    @Test func `A blob on a curve is no meteor`() throws {
        let track = try track(frames: 12, flux: { _ in 500 }, halo: 0.25) {
            SIMD2(100 + 6 * $0, 80 + 0.3 * $0 * $0 + ($0.truncatingRemainder(dividingBy: 2) == 0 ? 0.8 : -0.8))
        }
        let verdict = classifier.judge(track)
        #expect(verdict.kind == .other)
        #expect(verdict.reasons.contains { $0.code == "near-the-lens" })
    }

    @Test func `The blurred head of a fireball is not taken for an insect`() throws {
        let track = try track(frames: 20, statistic: 120, flux: { meteorLight($0, of: 20) }, halo: 0.4) {
            SIMD2(100 + 6 * $0, 80 + ($0.truncatingRemainder(dividingBy: 2) == 0 ? 0.8 : -0.8))
        }
        #expect(classifier.judge(track).isAlert)
    }

    @Test func `A short path is judged alike in a quiet and in a cluttered picture`() throws {
        let track = try track(frames: 7) {
            meteorLight($0, of: 7)
        } place: {
            SIMD2(100 + 2 * $0, 80)
        }
        #expect(classifier.judge(track).isAlert)
    }
}
