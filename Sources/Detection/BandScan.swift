// SPDX-License-Identifier: Apache-2.0

import Camera

/// The pass over the pixels of a band of rows: background, matched filters and temporal bank, row by row, while a row
/// is in the cache.
///
/// Bands overlap by as many rows as the filters reach, so that each finds the peaks of its own rows alone.
final class BandScan {
    /// Rows whose peaks this band finds.
    let core: Range<Int>
    /// Filters over single frames, one for each width.
    let singleFrame: [FilterChannel]
    /// Filters over sums: one array for each octave of the temporal bank, the first for two frames.
    let summed: [[FilterChannel]]

    private let rows: Range<Int>
    private let scores: RowRing
    private let narrow: [BinomialPass]
    private let wide: [BinomialPass]
    private let bank: TemporalBank
    private let summedWide: [DeferredFilter]
    private let workspace: BackgroundWorkspace

    /// - Parameters:
    ///   - narrow: the narrower point spread.
    ///   - wide: the wider point spread; nil for a single width.
    ///   - core: rows whose peaks this band finds.
    init(
        format: FrameFormat, narrow: BinomialKernel, wide: BinomialKernel?, octaves: Int, core: Range<Int>,
        kernels: PixelKernels
    ) {
        let width = format.width
        self.core = core
        let more = max((wide?.passes ?? 0) - narrow.passes, 0)
        let reach = narrow.passes + more + 1
        let rows = max(0, core.lowerBound - reach)..<min(format.height, core.upperBound + reach)
        self.rows = rows
        scores = RowRing(width: width, rows: rows)
        self.narrow = BinomialPass.chain(narrow.passes, on: scores, firstShift: 2, kernels: kernels)
        let narrowOutput = self.narrow.last?.output ?? scores
        self.wide = BinomialPass.chain(more, on: narrowOutput, firstShift: 2, kernels: kernels)
        let narrowUnit = Double(BandScan.scoreUnit) * narrow.noiseGain
        let ratio = (wide?.noiseGain ?? 0) / narrow.noiseGain
        bank = TemporalBank(
            octaves: octaves, input: narrowOutput, inputUnit: narrowUnit, width: width,
            depth: DeferredFilter.depth(passes: more), kernels: kernels)
        summedWide = more > 0 ? bank.sums.map { DeferredFilter(passes: more, input: $0, kernels: kernels) } : []
        func channels(frames: Int, narrowUnit: Double, wideUnit: Double) -> [FilterChannel] {
            func channel(_ kernel: BinomialKernel, _ unit: Double) -> FilterChannel {
                FilterChannel(
                    kernel: kernel, frames: frames, unit: unit, width: width, rows: rows, core: core,
                    kernels: kernels)
            }
            guard let wide, more > 0 else { return [channel(narrow, narrowUnit)] }
            return [channel(narrow, narrowUnit), channel(wide, wideUnit)]
        }
        singleFrame = channels(frames: 1, narrowUnit: narrowUnit, wideUnit: narrowUnit * ratio)
        summed = bank.units.enumerated().map { octave, unit in
            channels(frames: 2 << octave, narrowUnit: unit, wideUnit: unit * ratio * 16)
        }
        workspace = BackgroundWorkspace(width: width)
    }

    /// Scores are in 1/64 standard deviation.
    static let scoreUnit = 64

    /// Octaves of sums that are due and complete with this frame.
    var completeOctaves: Range<Int> {
        let due = bank.dueOctaves
        return 0..<((0..<due).firstIndex { !bank.isComplete(octave: $0 + 1) } ?? due)
    }

    /// Forgets the sums.
    func restart() { bank.restart() }

    /// Compares the rows of a frame and finds the peaks of all filters that are due.
    ///
    /// - Parameters:
    ///   - learns: rows that the background may learn while others are still being compared.
    ///   - pattern: takes the scores of the rows of the core.
    ///   - cells: the same.
    func run(
        _ frame: Frame, background: BackgroundModel, alignment: SceneAlignment, learns: Range<Int>,
        threshold: Double, summedThreshold: Double, pattern: SensorPattern?, cells: CellScores?
    ) {
        for channel in singleFrame { channel.begin(threshold: threshold) }
        let evaluated = completeOctaves
        for octave in evaluated { for channel in summed[octave] { channel.begin(threshold: summedThreshold) } }
        for filter in summedWide { filter.begin() }
        workspace.prepared = nil
        let narrowDelay = narrow.count
        let wideDelay = narrowDelay + wide.count
        let summedDelay = narrowDelay + (summedWide.first?.delay ?? 0)
        for y in rows.lowerBound..<(rows.upperBound + max(wideDelay, summedDelay)) {
            if y < rows.upperBound {
                let target = scores[y]
                background.compare(
                    row: y, frame: frame, alignment: alignment, workspace: workspace, scores: target)
                if core.contains(y) {
                    pattern?.add(target, row: y, alignment: alignment)
                    cells?.add(target, row: y)
                }
                if learns.contains(y) {
                    background.learn(row: y, frame: frame, alignment: alignment, workspace: workspace)
                }
            }
            for (index, pass) in narrow.enumerated() where rows.contains(y - index - 1) { pass.run(row: y - index - 1) }
            let narrowRow = y - narrowDelay
            if rows.contains(narrowRow) {
                if let output = narrow.last?.output { singleFrame[0].take(row: narrowRow, of: output) }
                bank.push(row: narrowRow)
                for octave in evaluated { summed[octave][0].take(row: narrowRow, of: bank.sums[octave]) }
            }
            for (index, pass) in wide.enumerated() where rows.contains(narrowRow - index - 1) {
                pass.run(row: narrowRow - index - 1)
            }
            let wideRow = y - wideDelay
            if let output = wide.last?.output, rows.contains(wideRow) { singleFrame[1].take(row: wideRow, of: output) }
            let summedRow = y - summedDelay
            if !summedWide.isEmpty, rows.contains(summedRow) {
                for octave in evaluated {
                    let channel = summed[octave][1]
                    let filter = summedWide[octave]
                    filter.run(row: summedRow, threshold: channel.threshold, isWanted: channel.samples(row: summedRow))
                    channel.take(row: summedRow, of: filter.output)
                }
            }
        }
        for channel in singleFrame { channel.finish() }
        for octave in evaluated { for channel in summed[octave] { channel.finish() } }
        bank.finishFrame()
    }

    /// Only lets the background learn; nothing is filtered.
    func learn(
        _ frame: Frame, rows: Range<Int>, background: BackgroundModel, alignment: SceneAlignment,
        pattern: SensorPattern?, cells: CellScores?
    ) {
        workspace.prepared = nil
        for y in rows {
            if let pattern {
                background.compare(
                    row: y, frame: frame, alignment: alignment, workspace: workspace,
                    scores: scores[self.rows.lowerBound])
                pattern.add(scores[self.rows.lowerBound], row: y, alignment: alignment)
                cells?.add(scores[self.rows.lowerBound], row: y)
            }
            background.learn(row: y, frame: frame, alignment: alignment, workspace: workspace)
        }
    }

    /// Bytes of memory that grow with the number of pixels.
    var byteCount: Int { bank.byteCount }
}
