// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Detection

@Suite struct EventClassTests {
    private func event(fluxes: [Double], isAlert: Bool = true, reasons: [Reason] = []) -> DetectedEvent {
        let track = fluxes.enumerated().map {
            TrackPoint(frame: 10 + $0.offset, x: 5, y: 5, fluxADU: $0.element, fluxErrorADU: 1, time: nil)
        }
        let peak = fluxes.indices.max { fluxes[$0] < fluxes[$1] } ?? 0
        return DetectedEvent(
            kind: .lunarFlash, isAlert: isAlert, frameFirst: 10, framePeak: 10 + peak, frameLast: 9 + fluxes.count,
            x: 5, y: 5, track: track, signalToNoise: 10, fluxADU: fluxes.reduce(0, +), fluxErrorADU: 1,
            durationSeconds: nil, backgroundADU: 10, noiseADU: 1, saturated: false, thresholdSigma: 6,
            pointSpreadSigmaPixels: 1, falseAlarmsPerHour: 0.01, probability: 0.5, reasons: reasons)
    }

    @Test func `A flash in one frame is class C`() {
        #expect(event(fluxes: [9]).eventClass == .suspectedSingleFrame)
    }

    @Test func `A neighbour that noise explains does not make several frames`() {
        #expect(event(fluxes: [9, 2.7]).eventClass == .suspectedSingleFrame)
        #expect(event(fluxes: [2.6, 9, 0.4]).eventClass == .suspectedSingleFrame)
    }

    @Test func `Several frames are class B, also when each is faint`() {
        #expect(event(fluxes: [9, 4]).eventClass == .suspectedSeveralFrames)
        #expect(event(fluxes: (0..<60).map { $0 == 30 ? 2.2 : 1.4 }).eventClass == .suspectedSeveralFrames)
    }

    @Test func `What passes a campaign's threshold only is class C, in however many frames`() {
        let reason = Reason(code: Reason.belowUsualThreshold, sentence: "It is faint.")
        #expect(event(fluxes: [9, 8, 7], reasons: [reason]).eventClass == .suspectedSingleFrame)
        #expect(event(fluxes: [9, 8, 7], isAlert: false, reasons: [reason]).eventClass == .rejected)
    }

    @Test func `What is no alert is class X, and one station never says A`() {
        #expect(event(fluxes: [9, 8, 7], isAlert: false).eventClass == .rejected)
        #expect(EventClass.allCases.map(\.rawValue) == ["A", "B", "C", "X"])
    }
}
