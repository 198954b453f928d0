// SPDX-License-Identifier: Apache-2.0

import Camera

/// What every pixel of the scene usually shows: running mean and standard deviation, and which pixels to ignore.
///
/// Eight bytes a pixel for 8-bit samples of a scene that stands still, thirteen otherwise. Mean and deviation belong
/// to the scene, the mask to the sensor: on a wandering scene they lie differently from frame to frame.
final class BackgroundModel {
    let format: FrameFormat
    /// Running mean, in ADU.
    let mean: MeanPlane
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
    /// Scores beyond this many standard deviations pull mean and deviation as much as this many do.
    static let clip: Float = 4

    private let kernels: PixelKernels
    private let wanders: Bool
    private let learning: LearningRates
    private let saturation: Float
    private var maskedRows: [Bool]
    /// What the scores are computed with: 128 / deviation for a compact mean, 1 / deviation for a floating one, 0 for
    /// a pixel that says nothing.
    private let weight: Plane<UInt8>?
    private let inverse: Plane<Float>?
    private let dither: DitherRow
    /// Median deviation, from which the limit for a compact mean follows.
    private var typicalDeviation: Float = 1
    /// What came into the frame lately.
    private var unseen: [UnseenArea] = []

    /// - Parameters:
    ///   - meanRate: share of a new frame in the mean, 0…1.
    ///   - exclusionMask: one element a pixel, true = ignored; nil ignores none.
    ///   - wanders: whether frames are registered, so that the mean is interpolated.
    init(
        format: FrameFormat, meanRate: Double, exclusionMask: [Bool]?, wanders: Bool = true,
        kernels: PixelKernels = .fastest
    ) {
        self.format = format
        self.kernels = kernels
        self.wanders = wanders
        let isCompact = !wanders && format.bytesPerSample == 1
        learning = LearningRates(meanRate: meanRate)
        mean = MeanPlane(width: format.width, height: format.height, isCompact: isCompact)
        deviation = Plane(width: format.width, height: format.height, repeating: 1)
        mask = Plane(width: format.width, height: format.height, repeating: 0)
        weight = isCompact ? Plane(width: format.width, height: format.height, repeating: 128) : nil
        inverse = isCompact ? nil : Plane(width: format.width, height: format.height, repeating: 1)
        dither = DitherRow(width: format.width, amplitude: 0.5 / learning.settledMeanRate)
        maskedRows = [Bool](repeating: false, count: format.height)
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
        // A scene that stands still lies on the sensor pixel for pixel.
        weight?[column, row] = 0
        if !wanders { inverse?[column, row] = 0 }
    }

    /// Forgets the scene; the next frame begins a new one. The mask stays.
    func restart() {
        framesLearnt = 0
        unseen.removeAll()
    }

    /// Takes the first frame as the mean.
    func seed(_ frame: Frame) {
        frame.withBytes { bytes in
            for y in 0..<format.height {
                if let compact = mean.compact {
                    let target = compact.row(y)
                    for x in 0..<format.width { target[x] = Int16(bytes[y * format.width + x]) << 6 }
                } else if let floating = mean.floating {
                    widen(bytes, start: y * format.width, count: format.width, into: floating.row(y))
                }
            }
        }
        framesLearnt = 1
    }

    /// Gives every pixel the same standard deviation, to begin with.
    func seedDeviation(_ sigma: Float) {
        deviation.fill(max(sigma, BackgroundModel.deviationFloor))
        for y in 0..<format.height { updateWeights(row: y) }
    }

    /// Tells the median deviation of the scene, in ADU.
    func setTypicalDeviation(_ sigma: Float) { typicalDeviation = max(sigma, BackgroundModel.deviationFloor) }

    /// Counts a frame that has been compared and learnt.
    func finishFrame(learnt: Bool) {
        guard learnt else { return }
        framesLearnt += 1
        if !unseen.isEmpty { finishUnseen() }
    }

    /// Compares a row of the scene with a frame.
    ///
    /// - Parameters:
    ///   - row: row of the model.
    ///   - frame: with the model's format.
    ///   - alignment: how the frame lies against the model.
    ///   - workspace: rows to work in, used by one thread at a time.
    ///   - scores: returned: difference in 1/64 standard deviations; 0 where the frame has no pixel or a masked one.
    func compare(
        row: Int, frame: Frame, alignment: SceneAlignment, workspace: BackgroundWorkspace, scores: ScoreRow
    ) {
        let width = format.width
        if let compact = mean.compact, let weight {
            workspace.withSamples(of: frame, row: row) { samples in
                kernels.functions.compare_compact(
                    samples, compact.row(row), weight.row(row), compactLevel(alignment), scores.base, width)
            }
            scores.clearPadding()
            return
        }
        if let floating = mean.floating, let inverse, isStillAndDeep {
            withDeepSamples(of: frame, row: row) { samples in
                kernels.functions.compare_deep(
                    samples, floating.row(row), Float(alignment.level), inverse.row(row), saturation, scores.base,
                    width)
            }
            return
        }
        guard let part = prepare(row: row, frame: frame, alignment: alignment, workspace: workspace), let inverse
        else {
            scores.clear(0..<PixelKernels.padded(width))
            return
        }
        scores.clear(0..<part.columns.lowerBound)
        scores.clear(part.columns.upperBound..<PixelKernels.padded(width))
        kernels.functions.compare_floating(
            part.samples, part.prediction, inverse.row(row) + part.columns.lowerBound, saturation,
            scores.base + part.columns.lowerBound, part.columns.count)
    }

    /// Lets a row of the model learn from a frame, if its turn has come.
    func learn(row: Int, frame: Frame, alignment: SceneAlignment, workspace: BackgroundWorkspace) {
        let meanRate = learning.mean(framesLearnt: framesLearnt, row: row)
        let deviationRate = learning.deviation(framesLearnt: framesLearnt, row: row)
        guard meanRate > 0 || deviationRate > 0 || !unseen.isEmpty else { return }
        if let compact = mean.compact {
            if deviationRate > 0 {
                learnDeviation(row: row, frame: frame, alignment: alignment, rate: deviationRate, workspace: workspace)
            }
            guard meanRate > 0 else { return }
            let limit = BackgroundModel.clip * MeanPlane.compactUnit * typicalDeviation
            let clip = Int16(min(limit, 16_000))
            workspace.withSamples(of: frame, row: row) { samples in
                kernels.functions.follow_compact(
                    samples, compact.row(row), compactLevel(alignment), clip, Int16(meanRate * 32_767),
                    dither.start(row: row, frame: framesLearnt), format.width)
            }
            return
        }
        if let floating = mean.floating, isStillAndDeep, deviationRate == 0 {
            withDeepSamples(of: frame, row: row) { samples in
                kernels.functions.follow_deep(
                    samples, floating.row(row), Float(alignment.level), deviation.row(row), meanRate,
                    BackgroundModel.clip, format.width)
            }
            return
        }
        guard let part = prepare(row: row, frame: frame, alignment: alignment, workspace: workspace),
            let floating = mean.floating
        else { return }
        let first = part.columns.lowerBound
        if meanRate > 0 {
            kernels.functions.follow_floating(
                part.samples, part.prediction, deviation.row(row) + first, floating.row(row) + first, meanRate,
                BackgroundModel.clip, part.columns.count)
        }
        for area in unseen { area.learn(part, mean: floating.row(row)) }
        if deviationRate > 0 {
            kernels.functions.learn_deviation(
                part.samples, part.prediction, deviation.row(row) + first, deviationRate, BackgroundModel.clip,
                BackgroundModel.deviationFloor, part.columns.count)
            updateWeights(row: row)
        }
    }

    /// Moves the model after a scene that has drifted: what stood at (x + columns, y + rows) then stands at (x, y). What
    /// comes in says nothing until it is known.
    func scroll(columns: Int, rows: Int) {
        mean.scroll(columns: columns, rows: rows)
        deviation.scroll(columns: columns, rows: rows)
        unseen = unseen.compactMap {
            var area = $0
            return area.scroll(columns: columns, rows: rows, width: format.width, height: format.height) ? area : nil
        }
        let exposed = UnseenArea.exposed(width: format.width, height: format.height, columns: columns, rows: rows)
        for area in exposed {
            for y in area.rows { for x in area.columns { deviation[x, y] = UnseenArea.deviation } }
        }
        unseen += exposed
        for y in 0..<format.height { updateWeights(row: y) }
    }

    private func finishUnseen() {
        var remaining: [UnseenArea] = []
        for var area in unseen {
            guard area.finishFrame() else {
                remaining.append(area)
                continue
            }
            for y in area.rows {
                for x in area.columns {
                    let known = area.deviation(column: x, row: y, guess: typicalDeviation)
                    deviation[x, y] = max(known, BackgroundModel.deviationFloor)
                }
                updateWeights(row: y)
            }
        }
        unseen = remaining
    }

    /// Mean of the pixel in the frame nearest to a place, in ADU.
    func mean(near column: Int, _ row: Int) -> Double {
        Double(mean[min(max(column, 0), format.width - 1), min(max(row, 0), format.height - 1)])
    }

    /// Standard deviation of the pixel in the frame nearest to a place, in ADU.
    func deviation(near column: Int, _ row: Int) -> Double {
        Double(deviation[min(max(column, 0), format.width - 1), min(max(row, 0), format.height - 1)])
    }

    /// Bytes of memory that the model takes.
    var byteCount: Int {
        let bytes = mean.bytesPerPixel + 4 + 1 + (weight == nil ? 4 : 1)
        return bytes * deviation.stride * format.height
    }

    // MARK: - Rows

    private func compactLevel(_ alignment: SceneAlignment) -> Int16 {
        Int16(min(max(alignment.level * Double(MeanPlane.compactUnit), -16_000), 16_000).rounded())
    }

    /// Mean from which on a pixel counts as saturated, in 1/64 ADU.
    private var compactSaturation: Int16 { Int16(min(saturation * MeanPlane.compactUnit, 32_767)) }

    private func learnDeviation(
        row: Int, frame: Frame, alignment: SceneAlignment, rate: Float, workspace: BackgroundWorkspace
    ) {
        guard let compact = mean.compact, let weight else { return }
        let ahead = learning.deviationInterval(framesLearnt: framesLearnt) * deviation.stride
        workspace.withSamples(of: frame, row: row) { samples in
            kernels.functions.learn_compact(
                samples, compact.row(row), Float(alignment.level), mask.row(row), compactSaturation, rate,
                BackgroundModel.clip, BackgroundModel.deviationFloor, deviation.row(row), weight.row(row), ahead,
                format.width)
        }
    }

    /// Widens a row of the frame and predicts it, unless the workspace holds it already; nil if the frame does not
    /// reach it.
    private func prepare(
        row: Int, frame: Frame, alignment: SceneAlignment, workspace: BackgroundWorkspace
    ) -> PreparedRow? {
        if let prepared = workspace.prepared, prepared.row == row, prepared.frame == frame.index { return prepared }
        let width = format.width
        let (columns, rows) = alignment.whole
        let first = max(0, -columns)
        let last = min(width, width - columns)
        guard (0..<format.height).contains(row + rows), first < last, let floating = mean.floating else { return nil }
        ScenePrediction.row(row, mean: floating, alignment: alignment, workspace: workspace, kernels: kernels)
        let samples = workspace.samples.base + first
        let prediction = workspace.prediction.base + first
        frame.withBytes { bytes in
            widen(bytes, start: (row + rows) * width + first + columns, count: last - first, into: samples)
        }
        if maskedRows[row + rows] {
            BackgroundKernels.mask(
                mask.row(row + rows) + first + columns, sample: samples, prediction: prediction, count: last - first)
        }
        let part = PreparedRow(
            row: row, frame: frame.index, columns: first..<last, samples: samples, prediction: prediction)
        workspace.prepared = part
        return part
    }

    private func updateWeights(row: Int) {
        let deviations = deviation.row(row)
        if let inverse {
            kernels.functions.invert(deviations, inverse.row(row), format.width)
            if !wanders, maskedRows[row] {
                for x in 0..<format.width where mask[x, row] != 0 { inverse[x, row] = 0 }
            }
        }
        if let weight, let compact = mean.compact {
            kernels.functions.weigh(
                deviations, compact.row(row), mask.row(row), compactSaturation, weight.row(row), format.width)
        }
    }

    private var isStillAndDeep: Bool { !wanders && format.bytesPerSample == 2 }

    private func withDeepSamples(of frame: Frame, row: Int, _ body: (UnsafePointer<UInt16>) -> Void) {
        frame.withBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            body(base.assumingMemoryBound(to: UInt16.self) + row * format.width)
        }
    }

    private func widen(
        _ bytes: UnsafeRawBufferPointer, start: Int, count: Int, into target: UnsafeMutablePointer<Float>
    ) {
        guard let base = bytes.baseAddress else { return }
        if format.bytesPerSample == 1 {
            kernels.functions.widen_8(base.assumingMemoryBound(to: UInt8.self) + start, target, count)
        } else {
            kernels.functions.widen_16(base.assumingMemoryBound(to: UInt16.self) + start, target, count)
        }
    }
}
