// SPDX-License-Identifier: Apache-2.0

import Camera
import Testing
import UTC

@testable import Agent

@Suite struct TimingMeasurementTests {
    private func measure(
        _ change: (inout LampScene.Camera) -> Void = { _ in }, pulses: Int? = nil
    ) throws -> TimingMeasurement.Result {
        var camera = LampScene.Camera()
        change(&camera)
        let scene = try LampScene(camera)
        return try TimingMeasurement(source: scene, lamp: scene, pulseCount: pulses, seed: 5).run { _ in }
    }

    @Test func `The latency comes out within its error, and the error is small`() throws {
        let result = try measure()
        #expect(abs(result.fit.latencySeconds - 0.037) < max(4 * result.fit.standardErrorSeconds, 20e-6))
        #expect(result.fit.standardErrorSeconds < 100e-6)
        #expect(result.fit.jitterSeconds < 200e-6)
        #expect(abs(result.fit.exposureSeconds - 0.02) < 0.3e-3)
        #expect(abs(result.spot.row - 12) < 0.2)
    }

    @Test(arguments: [-0.012, 0, 0.003, 0.1, 0.32])
    func `Stamps may be early, right or many frames late`(latency: Double) throws {
        let fit = try measure { $0.latencySeconds = latency }.fit
        #expect(abs(fit.latencySeconds - latency) < max(5 * fit.standardErrorSeconds, 50e-6))
    }

    @Test func `The jitter of single stamps is told from the noise of the pixels`() throws {
        let fit = try measure { $0.jitterSeconds = 1.5e-3 }.fit
        #expect(abs(fit.jitterSeconds - 1.5e-3) < 0.45e-3)
        #expect(abs(fit.latencySeconds - 0.037) < 5 * fit.standardErrorSeconds)
    }

    @Test func `A camera that says the wrong exposure, or none, is measured all the same`() throws {
        for said in [0.012, nil] as [Double?] {
            let fit = try measure { $0.saidExposureSeconds = said }.fit
            #expect(abs(fit.latencySeconds - 0.037) < max(5 * fit.standardErrorSeconds, 50e-6))
            #expect(abs(fit.exposureSeconds - 0.02) < 0.5e-3)
        }
    }

    @Test func `A short exposure needs more pulses, and gets them`() throws {
        let result = try measure {
            $0.exposureSeconds = 0.004
            $0.saidExposureSeconds = 0.004
        }
        #expect(result.pulseCount > 150 && result.fit.edgeCount >= LatencyFit.leastEdges)
        #expect(abs(result.fit.latencySeconds - 0.037) < max(5 * result.fit.standardErrorSeconds, 50e-6))
    }

    @Test func `Lost frames do no harm`() throws {
        let fit = try measure { $0.lossPeriod = 5 }.fit
        #expect(abs(fit.latencySeconds - 0.037) < max(5 * fit.standardErrorSeconds, 50e-6))
    }

    @Test func `A lamp that is not in the field, or too bright, or not alone, is an error with a remedy`() {
        let unseen = #expect(throws: TimingError.self) { try measure { $0.lampADU = 0 } }
        #expect(unseen?.code == .lampNotSeen)
        let bright = #expect(throws: TimingError.self) { try measure { $0.lampADU = 9000 } }
        #expect(bright?.code == .lampTooBright)
        let flicker = #expect(throws: TimingError.self) { try measure { $0.flickers = true } }
        #expect(flicker?.code == .noAgreement || flicker?.code == .lampNotSeen)
    }

    @Test func `Too few edges are no measurement`() {
        let error = #expect(throws: TimingError.self) {
            try measure(
                {
                    $0.exposureSeconds = 0.0005
                    $0.saidExposureSeconds = 0.0005
                }, pulses: 60)
        }
        #expect(error?.code == .noAgreement && error?.message.contains("caught the light") == true)
    }
}
