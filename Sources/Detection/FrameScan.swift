// SPDX-License-Identifier: Apache-2.0

import Camera
import Dispatch

/// The pass over all pixels of a frame, in one or more bands of rows that run at the same time.
final class FrameScan {
    private let bands: [BandScan]
    private let pattern: SensorPattern?
    /// What the local gain missed on the last frame; nil for a scene that stands still.
    let cells: CellScores?
    private let height: Int
    private let reach: Int

    /// - Parameters:
    ///   - sigmas: standard deviations of one or two point spreads, in pixels.
    ///   - bandCount: bands that run at the same time, each on a thread of its own.
    init(
        format: FrameFormat, sigmas: [Double], octaves: Int, watchesSensor: Bool, bandCount: Int = 1,
        kernels: PixelKernels = .fastest
    ) {
        let shapes = sigmas.sorted().map(BinomialKernel.init(sigma:))
        let narrow = shapes.first ?? BinomialKernel(passes: 1)
        let wide = shapes.count > 1 && shapes[shapes.count - 1].passes > narrow.passes ? shapes.last : nil
        // A band should be much higher than what it shares with its neighbours.
        let count = max(1, min(bandCount, format.height / 64))
        bands = (0..<count).map { index in
            let core = (index * format.height / count)..<((index + 1) * format.height / count)
            return BandScan(
                format: format, narrow: narrow, wide: wide, octaves: octaves, core: core, kernels: kernels)
        }
        let list = bands
        singleFrame = list.flatMap(\.singleFrame)
        summed = (0...octaves).map { count in list.flatMap { band in band.summed.prefix(count).flatMap { $0 } } }
        // Interpolation of a wandering scene reads two rows further.
        reach = (wide ?? narrow).passes + 1 + 2
        pattern = watchesSensor ? SensorPattern(width: format.width, height: format.height) : nil
        cells = watchesSensor ? CellScores(width: format.width, height: format.height) : nil
        height = format.height
    }

    /// Filters over single frames, of all bands.
    let singleFrame: [FilterChannel]
    /// Filters over sums, of all bands, when so many octaves are evaluated.
    private let summed: [[FilterChannel]]

    /// How wide the sums over 2, 4, 8 … frames are in most of the picture, over those of white noise: the greater of
    /// the widths of both filters.
    var summedNoise: SummedNoise {
        SummedNoise(widths: bands[0].summed.map { channels in channels.map(\.typicalWidth).max() ?? 1 })
    }

    /// Filters for the false-alarm formula, with how often each is evaluated.
    var filters: [FalseAlarm.Filter] {
        bands[0].singleFrame.map { FalseAlarm.Filter(sigma: $0.kernel.sigma, evaluationsPerFrame: 1) }
            + bands[0].summed.enumerated().flatMap { octave, channels in
                channels.map {
                    FalseAlarm.Filter(sigma: $0.kernel.sigma, evaluationsPerFrame: 1 / Double(1 << octave))
                }
            }
    }

    /// Forgets the sums.
    func restart() {
        for band in bands { band.restart() }
        pattern?.restart()
    }

    /// The model has moved: forgets the sums, and carries the widths of the filters' output along.
    func scroll(columns: Int, rows: Int) {
        restart()
        for band in bands {
            for channel in band.singleFrame + band.summed.joined() { channel.scroll(columns: columns, rows: rows) }
        }
    }

    /// Only lets the background learn; nothing is filtered.
    func learn(_ frame: Frame, background: BackgroundModel, alignment: SceneAlignment) {
        bands[0].learn(
            frame, rows: 0..<height, background: background, alignment: alignment, pattern: pattern, cells: cells)
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
        let octaves = bands[0].completeOctaves
        if bands.count == 1 {
            bands[0].run(
                frame, background: background, alignment: alignment, learns: 0..<height, threshold: threshold,
                summedThreshold: summedThreshold, pattern: pattern, cells: cells)
        } else {
            runBands(
                frame, background: background, alignment: alignment, threshold: threshold,
                summedThreshold: summedThreshold)
        }
        finishFrame(background)
        return summed[octaves.count]
    }

    /// Bytes of memory that grow with the number of pixels.
    var byteCount: Int { bands.reduce(0) { $0 + $1.byteCount } + (pattern?.byteCount ?? 0) }

    private func runBands(
        _ frame: Frame, background: BackgroundModel, alignment: SceneAlignment, threshold: Double,
        summedThreshold: Double
    ) {
        // Rows that a neighbour reads are learnt when all bands have finished.
        let inner = bands.enumerated().map { index, band in
            let first = band.core.lowerBound + (index == 0 ? 0 : reach)
            let end = band.core.upperBound - (index == bands.count - 1 ? 0 : reach)
            return first..<end
        }
        nonisolated(unsafe) let model = background
        nonisolated(unsafe) let sensor = pattern
        nonisolated(unsafe) let sums = cells
        nonisolated(unsafe) let list = bands
        DispatchQueue.concurrentPerform(iterations: list.count) { index in
            list[index].run(
                frame, background: model, alignment: alignment, learns: inner[index], threshold: threshold,
                summedThreshold: summedThreshold, pattern: sensor, cells: sums)
        }
        for index in 1..<bands.count {
            let border = bands[index].core.lowerBound
            bands[0].learn(
                frame, rows: (border - reach)..<(border + reach), background: background, alignment: alignment,
                pattern: nil, cells: nil)
        }
    }

    private func finishFrame(_ background: BackgroundModel) {
        pattern?.finishFrame { column, row in background.exclude(column: column, row: row) }
        background.finishFrame(learnt: true)
    }
}
