// SPDX-License-Identifier: Apache-2.0

/// Finds pixels of the sensor that deviate on their own while the scene wanders over them.
///
/// On a registered scene the background belongs to the scene: a hot or flickering pixel deviates from it again and
/// again, at the same place of the sensor, with neighbours that do not. Scores are summed on the sensor over a few
/// dozen frames, in one half of the frame after the other, which takes one byte a pixel.
final class SensorPattern {
    /// Scores are summed in 1/32 σ and limited to ±8 σ, so that 64 of them fit into 16 bits.
    private static let unit = 32
    private static let limit: Int16 = 8 * 64
    /// From the unit of scores, 1/64 σ, to that of the sums, rounded.
    private static let shift: Int16 = 1
    private static let half: Int16 = 1
    private static let frames = 48
    /// Signal to noise from which on a lone pixel is hot.
    private static let threshold = 7.0

    private let sums: Plane<Int16>
    private let height: Int
    private var firstRow = 0
    private var frameCount = 0

    init(width: Int, height: Int) {
        self.height = height
        sums = Plane(width: width, height: height / 2 + 2, repeating: 0)
    }

    /// Forgets the sums.
    func restart() {
        sums.fill(0)
        frameCount = 0
    }

    /// Adds a row of scores of the scene.
    func add(_ scores: ScoreRow, row: Int, alignment: SceneAlignment) {
        let (columns, rows) = alignment.whole
        let target = row + rows - firstRow
        guard (0..<sums.height).contains(target) else { return }
        let first = max(0, -columns)
        let last = min(scores.width, scores.width - columns)
        guard first < last else { return }
        let source = scores.base + first
        let sum = sums.row(target) + first + columns
        for x in 0..<(last - first) {
            let score = min(max(source[x], -SensorPattern.limit), SensorPattern.limit)
            sum[x] = sum[x] &+ (score + SensorPattern.half) >> SensorPattern.shift
        }
    }

    /// Ends a frame; after some dozens of them calls `body` with each lone deviating pixel of the sensor.
    func finishFrame(_ body: (_ column: Int, _ row: Int) -> Void) {
        frameCount += 1
        guard frameCount >= SensorPattern.frames else { return }
        let norm = 1 / (Double(SensorPattern.unit) * Double(frameCount).squareRoot())
        let least = Int16(min(SensorPattern.threshold / norm, 32_000))
        for y in 1..<max(sums.height - 1, 1) {
            for x in 1..<(sums.width - 1) where abs(Int(sums[x, y])) > Int(least) {
                if isAlone(x, y) { body(x, y + firstRow) }
            }
        }
        // The halves overlap by a few rows, so that every row has neighbours in one of them.
        firstRow = firstRow == 0 ? height - sums.height : 0
        restart()
    }

    /// Bytes of memory that the sums take.
    var byteCount: Int { 2 * sums.stride * sums.height }

    /// True if a pixel deviates from its neighbours by far more than these do from each other: where cloud or an edge
    /// makes all sums large, no pixel stands out.
    private func isAlone(_ x: Int, _ y: Int) -> Bool {
        var sum = 0.0
        var squares = 0.0
        var count = 0.0
        for j in max(y - 2, 0)...min(y + 2, sums.height - 1) {
            for i in max(x - 2, 0)...min(x + 2, sums.width - 1) where i != x || j != y {
                let value = Double(sums[i, j])
                sum += value
                squares += value * value
                count += 1
            }
        }
        let mean = sum / count
        let variance = squares / count - mean * mean
        let excess = abs(Double(sums[x, y]) - mean)
        return excess > SensorPattern.contrast * max(variance, 0).squareRoot()
    }

    /// Widths of its neighbours' sums by which a lone pixel stands out. Of 24 independent neighbours chance makes one
    /// such in 10⁵.
    private static let contrast = 5.0
}
