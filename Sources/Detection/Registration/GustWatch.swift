// SPDX-License-Identifier: Apache-2.0

/// Notes sudden displacements of the scene: those far larger than the seeing's steps from frame to frame. The picture
/// is smeared then, and parts of the scene come into view that the background does not know.
struct GustWatch {
    private var lastDisplacement = SIMD2<Double>.zero
    private var meanSquareStep = 1.0
    /// Last frame with a sudden displacement.
    private var lastGust = -1_000_000

    /// Takes the displacement of the next frame; one that could not be registered counts as a gust.
    mutating func note(frame: Int, displacement: SIMD2<Double>, isReliable: Bool) {
        let step = displacement - lastDisplacement
        lastDisplacement = displacement
        let square = (step * step).sum()
        if !isReliable || square > max(6.25, 25 * meanSquareStep) { lastGust = frame }
        meanSquareStep += (min(square, 9 * meanSquareStep + 0.01) - meanSquareStep) / 256
    }

    /// True if there was a gust during an event or at most so many frames before it.
    func disturbs(_ event: ClosedRange<Int>, after frames: Double) -> Bool {
        lastGust <= event.upperBound && Double(event.lowerBound - lastGust) < frames
    }

    /// Tells that the background moved under the frames.
    mutating func modelMoved(columns: Int, rows: Int) {
        lastDisplacement -= SIMD2(Double(columns), Double(rows))
    }
}
