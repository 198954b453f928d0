// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Detection

@Suite struct SurroundingsTests {
    /// The surroundings in noise of 3 ADU around a background of 40, with a number added everywhere.
    private func surroundings(offset: Double, inner: Double = 4.2) throws -> Surroundings {
        var frames = try SyntheticFrames(width: 32, height: 32, seed: 9)
        frames.noise = 0
        let background = BackgroundModel(format: frames.format, meanRate: 1 / 64, exclusionMask: nil)
        background.seed(frames.next())
        background.seedDeviation(3)
        // The same in every frame, and of no mean: what is measured is the offset.
        let frame = frames.frame { x, y, _ in 40 + offset + (x + y).isMultiple(of: 2).sign * 3 }
        var patch = Patch()
        patch.load(column: 16, row: 16, frame: frame, background: background, alignment: .identity)
        return Surroundings(patch, inner: inner)
    }

    @Test func `A bright ring is taken off as a whole, a slightly brighter one not at all`() throws {
        #expect(abs(try surroundings(offset: 2).level - 2) < 0.2)
        #expect(try surroundings(offset: 0).level == 0)
    }

    @Test func `A dark ring makes a spot brighter only by what is beyond doubt`() throws {
        // The mean of some 170 pixels of 3 ADU errs by 0.23 ADU; three times as much is in doubt.
        let level = try surroundings(offset: -1).level
        #expect((-0.5 ... -0.1).contains(level), "\(level)")
        // The larger the spot, the smaller the ring, and the greater the doubt.
        #expect(try surroundings(offset: -1, inner: 7.4).level == 0)
    }
}

extension Bool {
    fileprivate var sign: Double { self ? 1 : -1 }
}
