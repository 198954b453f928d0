// SPDX-License-Identifier: Apache-2.0

import Camera
import DetectionTrials
import Testing

@testable import Detection

/// What codecs, noise filters and cables do to the frames is no event.
@Suite struct StreamFaultTests {
    @Test(arguments: [Nuisance.denoising, .unreliableTransport])
    func `Dependent frames of a quiet Moon raise no alert`(_ nuisance: Nuisance) throws {
        let outcome = try NuisanceTrial(
            kind: .moon, nuisance: nuisance, width: 256, height: 192, seconds: 10, seed: 1
        ).run()
        #expect(outcome.alerts.isEmpty)
    }

    @Test func `A lossy codec before a quiet Moon raises no alert`() throws {
        let outcome = try NuisanceTrial(
            kind: .moon, nuisance: .compression, width: 256, height: 192, seconds: 10, seed: 1
        ).run()
        withKnownIssue(
            "Blocks that change from frame to frame look like flashes; the stream is only said to be compressed"
        ) {
            #expect(outcome.alerts.isEmpty)
        }
    }

    @Test func `A frame that comes twice is known again`() throws {
        var frames = try SyntheticFrames(width: 32, height: 32)
        let first = frames.next()
        let second = frames.next()
        var check = RepeatedFrame()
        let repeats = [first, first, second, second].map { check.isRepeat($0) }
        #expect(repeats == [false, true, false, true])
    }
}
