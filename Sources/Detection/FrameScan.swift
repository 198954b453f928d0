// SPDX-License-Identifier: Apache-2.0

import Camera

/// The pass over all pixels of a frame: background, temporal bank and matched filters, row by row, while a row is in
/// the cache.
final class FrameScan {
    /// Filters over single frames, one for each width.
    let singleFrame: [FilterChannel]
    /// Filters over sums: one array for each octave of the temporal bank, the first for two frames.
    let summed: [[FilterChannel]]

    private let bank: TemporalBank
    private let pattern: SensorPattern?
    private let scores: ScratchRow
    private let height: Int

    init(format: FrameFormat, sigmas: [Double], octaves: Int, watchesSensor: Bool) {
        let kernels = sigmas.map(PointSpreadKernel.init)
        func channels(_ frames: Int) -> [FilterChannel] {
            kernels.map { FilterChannel(kernel: $0, frames: frames, width: format.width, height: format.height) }
        }
        singleFrame = channels(1)
        summed = (0..<octaves).map { channels(2 << $0) }
        bank = TemporalBank(octaves: octaves, width: format.width, height: format.height)
        pattern = watchesSensor ? SensorPattern(width: format.width, height: format.height) : nil
        scores = ScratchRow(width: format.width)
        height = format.height
    }

    /// Filters for the false-alarm formula, with how often each is evaluated.
    var filters: [FalseAlarm.Filter] {
        singleFrame.map { FalseAlarm.Filter(sigma: $0.kernel.sigma, evaluationsPerFrame: 1) }
            + summed.enumerated().flatMap { octave, channels in
                channels.map {
                    FalseAlarm.Filter(sigma: $0.kernel.sigma, evaluationsPerFrame: 1 / Double(1 << octave))
                }
            }
    }

    /// Forgets the sums.
    func restart() {
        bank.restart()
        pattern?.restart()
    }

    /// Only lets the background learn; nothing is filtered.
    func learn(_ frame: Frame, background: BackgroundModel, alignment: SceneAlignment) {
        for y in 0..<height {
            background.compare(row: y, frame: frame, alignment: alignment, learns: true, score: scores)
            pattern?.add(scores, row: y, alignment: alignment)
        }
        finishFrame(background)
    }

    /// Compares a frame with the background, lets the background learn, and finds the peaks of all filters that are
    /// due. They stay in the channels until the next frame.
    ///
    /// - Returns: the channels over sums that were evaluated.
    func run(
        _ frame: Frame, background: BackgroundModel, alignment: SceneAlignment, threshold: Double,
        summedThreshold: Double
    ) -> [FilterChannel] {
        for channel in singleFrame { channel.begin(threshold: threshold) }
        let due = bank.dueOctaves
        let evaluated = (0..<due).filter { bank.isComplete(octave: $0 + 1) }.flatMap { summed[$0] }
        for channel in evaluated { channel.begin(threshold: summedThreshold) }
        for y in 0..<height {
            background.compare(row: y, frame: frame, alignment: alignment, learns: true, score: scores)
            pattern?.add(scores, row: y, alignment: alignment)
            for channel in singleFrame { channel.push(scores) }
            bank.push(scores, row: y) { octave, row in
                for channel in summed[octave - 1] { channel.push(row) }
            }
        }
        for channel in singleFrame { channel.finish() }
        for channel in evaluated { channel.finish() }
        bank.finishFrame()
        finishFrame(background)
        return evaluated
    }

    private func finishFrame(_ background: BackgroundModel) {
        pattern?.finishFrame { column, row in background.exclude(column: column, row: row) }
        background.finishFrame(learnt: true)
    }
}
