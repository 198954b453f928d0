// SPDX-License-Identifier: Apache-2.0

import Detection
import Testing

/// What must not matter to a flash.
@Suite struct FlashPropertyTests {
    /// ρ = 16 in one frame, or 18 in a decay over four.
    static let curves: [[Double]] = [[1], [0.9, 0.55, 0.3, 0.15]]

    private func movie(_ light: [Double]) throws -> SampleMovie {
        try SampleMovie(
            width: 104, height: 88, spot: .init(x: 40.3, y: 30.6, flux: 220, sigma: 1.3), light: light, seed: 21)
    }

    @Test(arguments: curves)
    func `A flash moved by whole pixels is the same event elsewhere`(_ light: [Double]) throws {
        let movie = try movie(light)
        let still = try #require(try movie.events().first)
        let moved = try #require(try movie.events(columns: 9, rows: -7).first)
        expectSame(still, moved)
        #expect(abs(moved.x - still.x - 9) < 0.05 && abs(moved.y - still.y + 7) < 0.05)
    }

    @Test(arguments: curves)
    func `A mirrored flash is the same event on the other side`(_ light: [Double]) throws {
        let movie = try movie(light)
        let plain = try #require(try movie.events().first)
        let mirrored = try #require(try movie.events(isMirrored: true).first)
        expectSame(plain, mirrored)
        #expect(abs(79 - mirrored.x - plain.x) < 0.05 && abs(mirrored.y - plain.y) < 0.05)
    }

    @Test(arguments: curves)
    func `Samples times 256 in a frame of 16 bits give the same event with 256 times the flux`(
        _ light: [Double]
    ) throws {
        let movie = try movie(light)
        let shallow = try #require(try movie.events().first)
        let deep = try #require(try movie.events(bitsPerSample: 16).first)
        expectSame(shallow, deep)
        #expect(abs(deep.x - shallow.x) < 0.02 && abs(deep.y - shallow.y) < 0.02)
        #expect(abs(deep.fluxADU / shallow.fluxADU / 256 - 1) < 0.01)
    }

    @Test(arguments: curves)
    func `A flash after a longer wait is the same event later`(_ light: [Double]) throws {
        let movie = try movie(light)
        let early = try #require(try movie.events().first)
        let late = try #require(try movie.events(wait: 700).first)
        // The background has learnt more meanwhile: it differs by a few hundredths of a standard deviation.
        #expect(late.frameFirst == early.frameFirst + 700)
        // The faint end of a decay may be told one frame sooner or later.
        #expect(abs(late.frameLast - early.frameLast - 700) <= 1)
        #expect(abs(late.signalToNoise / early.signalToNoise - 1) < 0.04)
        #expect(abs(late.x - early.x) < 0.06 && abs(late.y - early.y) < 0.06)
    }

    private func expectSame(_ one: DetectedEvent, _ other: DetectedEvent) {
        #expect(one.kind == other.kind && one.isAlert && other.isAlert)
        #expect(one.frameFirst == other.frameFirst && abs(one.frameLast - other.frameLast) <= 1)
        #expect(one.framePeak == other.framePeak)
        // A view that is shifted or mirrored is registered and normalised with other pixels at its edges.
        #expect(abs(one.signalToNoise / other.signalToNoise - 1) < 0.06)
    }
}
