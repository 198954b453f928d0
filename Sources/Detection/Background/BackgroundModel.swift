// SPDX-License-Identifier: Apache-2.0

import Camera

/// What every pixel of the scene usually shows: running mean and standard deviation, and which pixels to ignore.
///
/// Nine bytes a pixel. Mean and deviation belong to the scene, the mask to the sensor: on a wandering scene they
/// lie differently from frame to frame.
final class BackgroundModel {
    let format: FrameFormat
    /// Running mean, in ADU.
    let mean: Plane<Float>
    /// Standard deviation of a sample around the prediction, in ADU.
    let deviation: Plane<Float>
    /// Not 0 for pixels of the sensor that say nothing.
    let mask: Plane<UInt8>
    /// Frames learnt since the last restart.
    private(set) var framesLearnt = 0
    /// Number of pixels that the mask excludes.
    private(set) var maskedCount = 0

    /// Least standard deviation in ADU: of the rounding error, with a margin for samples that hardly ever change.
    static let deviationFloor: Float = 0.5

    private let meanRate: Float
    private var maskedRows: [Bool]
    private let sampleRow: ScratchRow
    private let predictionRow: ScratchRow
    private let blendRow: ScratchRow
    private let saturation: Float

    init(format: FrameFormat, meanRate: Double, exclusionMask: [Bool]?) {
        self.format = format
        self.meanRate = Float(meanRate)
        mean = Plane(width: format.width, height: format.height, repeating: 0)
        deviation = Plane(width: format.width, height: format.height, repeating: 1)
        mask = Plane(width: format.width, height: format.height, repeating: 0)
        maskedRows = [Bool](repeating: false, count: format.height)
        sampleRow = ScratchRow(width: format.width)
        predictionRow = ScratchRow(width: format.width)
        blendRow = ScratchRow(width: format.width)
        saturation = 0.97 * Float(format.saturationLevel)
        guard let exclusionMask else { return }
        for y in 0..<format.height {
            for x in 0..<format.width where exclusionMask[y * format.width + x] { exclude(column: x, row: y) }
        }
    }

    /// Ignores a pixel of the sensor from now on.
    func exclude(column: Int, row: Int) {
        guard mask[column, row] == 0 else { return }
        mask[column, row] = 1
        maskedRows[row] = true
        maskedCount += 1
    }

    /// Forgets the scene; the next frame begins a new one. The mask stays.
    func restart() { framesLearnt = 0 }

    /// Takes the first frame as the mean.
    func seed(_ frame: Frame) {
        for y in 0..<format.height { widen(frame, row: y, column: 0, count: format.width, into: mean.row(y)) }
        framesLearnt = 1
    }

    /// Gives every pixel the same standard deviation, to begin with.
    func seedDeviation(_ sigma: Float) { deviation.fill(max(sigma, BackgroundModel.deviationFloor)) }

    /// Counts a frame that has been compared and learnt.
    func finishFrame(learnt: Bool) { if learnt { framesLearnt += 1 } }

    /// Compares a row of the scene with a frame.
    ///
    /// - Parameters:
    ///   - row: row of the model.
    ///   - frame: with the model's format.
    ///   - alignment: how the frame lies against the model.
    ///   - learns: whether mean and deviation follow.
    ///   - score: returned: difference in standard deviations; 0 where the frame has no pixel or a masked one.
    func compare(row: Int, frame: Frame, alignment: SceneAlignment, learns: Bool, score: ScratchRow) {
        let width = format.width
        let (columns, rows) = alignment.whole
        let first = max(0, -columns)
        let last = min(width, width - columns)
        guard (0..<format.height).contains(row + rows), first < last else {
            score.fill(0..<width, with: 0)
            return
        }
        predict(row: row, alignment: alignment)
        let count = last - first
        let sample = sampleRow.base + first
        let prediction = predictionRow.base + first
        widen(frame, row: row + rows, column: first + columns, count: count, into: sample)
        if maskedRows[row + rows] {
            BackgroundKernels.mask(
                mask.row(row + rows) + first + columns, sample: sample, prediction: prediction, count: count)
        }
        score.fill(0..<first, with: 0)
        score.fill(last..<width, with: 0)
        BackgroundKernels.compare(
            sample: sample, prediction: prediction, mean: mean.row(row) + first,
            deviation: deviation.row(row) + first, score: score.base + first, count: count,
            rates: rates(row: row, learns: learns))
    }

    /// Expected value of the frame at a pixel of the model, in ADU.
    func prediction(column: Int, row: Int, alignment: SceneAlignment, weights: (x: CubicWeights, y: CubicWeights))
        -> Float
    {
        var sum: Float = 0
        if alignment.fraction == .zero {
            sum = mean[column, row]
        } else {
            for j in -2...2 where weights.y[j] != 0 {
                let y = min(max(row + j, 0), format.height - 1)
                var line: Float = 0
                for i in -2...2 { line += weights.x[i] * mean[min(max(column + i, 0), format.width - 1), y] }
                sum += weights.y[j] * line
            }
        }
        let value = Float(alignment.gain) * sum + Float(alignment.level)
        let local = alignment.localGain
        return local.isFlat ? value : value + Float(local.value(column: column, row: row)) * (value - Float(local.dark))
    }

    /// By how much an error of registration widens the noise of a point spread's flux at a place; 1 where the scene is
    /// even.
    ///
    /// On a slope |∇m| an error of δ pixels changes all pixels under the point spread together: its flux errs by
    /// δ |∇m| 4π s² in addition to 2 √π s σ from the pixels' noise.
    func edgeFactor(at place: SIMD2<Double>, sigma: Double) -> Double {
        let column = min(max(Int(place.x.rounded()), 1), format.width - 2)
        let row = min(max(Int(place.y.rounded()), 1), format.height - 2)
        let slope = SceneFeatures.gradient(mean, column, row)
        let steepness = Double(slope.dx * slope.dx + slope.dy * slope.dy).squareRoot()
        let ratio =
            BackgroundModel.registrationError * steepness * 2 * Double.pi.squareRoot() * sigma
            / Double(deviation[column, row])
        return (1 + ratio * ratio).squareRoot()
    }

    /// Error of the scene's displacement at a place, in pixels. What the air moves parts of the scene against each other
    /// widens the pixels' own deviation and the local width of the filters besides.
    static let registrationError = 0.06

    /// Moves the model after a scene that has drifted: what stood at (x + columns, y + rows) then stands at (x, y).
    func scroll(columns: Int, rows: Int) {
        mean.scroll(columns: columns, rows: rows)
        deviation.scroll(columns: columns, rows: rows)
    }

    private func rates(row: Int, learns: Bool) -> BackgroundKernels.Rates {
        guard learns else {
            return .init(mean: 0, deviation: 0, floor: BackgroundModel.deviationFloor, saturation: saturation)
        }
        let count = Float(framesLearnt)
        // Fast at first, as an average over the frames seen; the noise of the noise must stay small in the end, or
        // the tail of the statistic grows. A quarter of the rows a frame suffices then.
        let isDue = framesLearnt < 64 || (row + framesLearnt) % 4 == 0
        return .init(
            mean: max(meanRate, 1 / (count + 1)), deviation: isDue ? max(1 / 256, 1 / (count + 8)) : 0,
            floor: BackgroundModel.deviationFloor, saturation: saturation)
    }

    private func predict(row: Int, alignment: SceneAlignment) {
        let width = format.width
        let fraction = alignment.fraction
        if fraction == .zero, alignment.gain == 1 {
            BackgroundKernels.predict(
                mean: mean.row(row), level: Float(alignment.level), into: predictionRow.base, count: width)
            return
        }
        func line(_ offset: Int) -> UnsafePointer<Float> {
            UnsafePointer(mean.row(min(max(row + offset, 0), format.height - 1)))
        }
        BackgroundKernels.combine(
            rows: (line(-2), line(-1), line(0), line(1), line(2)), weights: CubicWeights(offset: -fraction.y),
            into: blendRow.base, count: width)
        blendRow.extendEdges()
        BackgroundKernels.shift(
            blendRow.base, weights: CubicWeights(offset: -fraction.x), gain: Float(alignment.gain),
            level: Float(alignment.level), into: predictionRow.base, count: width)
        alignment.localGain.apply(to: predictionRow, row: row)
    }

    private func widen(_ frame: Frame, row: Int, column: Int, count: Int, into target: UnsafeMutablePointer<Float>) {
        frame.withBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            let start = row * format.width + column
            if format.bytesPerSample == 1 {
                let samples = base.assumingMemoryBound(to: UInt8.self)
                BackgroundKernels.widen(samples + start, into: target, count: count)
            } else {
                let samples = base.assumingMemoryBound(to: UInt16.self)
                BackgroundKernels.widen(samples + start, into: target, count: count)
            }
        }
    }
}
