// SPDX-License-Identifier: Apache-2.0

/// Small random whole numbers that make rounding unbiased: a mean in whole numbers would otherwise stand still once
/// its steps are smaller than half a unit.
final class DitherRow {
    private let storage: UnsafeMutablePointer<Int16>
    private let span: Int
    /// Numbers among which rows begin at different places, so that neighbouring rows do not round alike.
    private static let offsets = 1021

    /// Numbers uniform in ±`amplitude`, for rows of a width.
    init(width: Int, amplitude: Double) {
        span = PixelKernels.padded(width) + DitherRow.offsets
        storage = .allocate(capacity: span)
        storage.initialize(repeating: 0, count: span)
        // A linear congruential generator (Knuth's MMIX constants); only its upper bits are used.
        var state: UInt64 = 0x5053_5753
        for index in 0..<span {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let uniform = Double(state >> 40) / Double(1 << 24)
            storage[index] = Int16(((2 * uniform - 1) * min(amplitude, 16_000)).rounded())
        }
    }

    deinit { storage.deallocate() }

    /// The numbers for a row of a frame; as many as whole blocks have.
    func start(row: Int, frame: Int) -> UnsafePointer<Int16> {
        UnsafePointer(storage + (row &* 389 &+ frame &* 617) % DitherRow.offsets)
    }
}
