// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Lets the local gain follow a cloud, as fast as the cloud changes it and no faster.
///
/// Method: a steady Kalman filter for the gain of each cell, whose innovation is what the scores of the cell show.
/// Its share of a new frame adapts: innovations of a filter that follows too slowly agree with those of the frame
/// before, those of one that follows too fast contradict them. Under a clear sky the gain stands still.
///
/// Reference: Mehra, R. K. (1970), *On the identification of variances and adaptive Kalman filtering*, IEEE Trans.
/// Automatic Control 15, 175.
struct LocalGainFilter {
    /// Share of an innovation that is taken over.
    private(set) var share: Float = leastShare

    /// Innovations of the frame before in their standard errors.
    private var last: [Float]
    /// Change of each cell's gain from frame to frame.
    private var speed: [Float]

    /// A cloud of the size of the frame that takes minutes to pass, and one that changes from frame to frame.
    private static let leastShare: Float = 1 / 512
    private static let greatestShare: Float = 0.3
    /// Change of the share's logarithm for a full correlation: some forty cells are known to 0.16 each frame, so
    /// that the share is steady to a tenth and follows a change within a few seconds.
    private static let adaptation: Float = 0.05
    /// Inverse variance of the gain's deviations: more than a twentieth is not expected.
    private static let prior: Float = 400
    /// Share of the deviations that fades in a frame: what is not seen any more is forgotten within half a minute.
    private static let fading: Float = 1 / 1024

    /// Inverse variance of the difference between the gains of neighbouring cells: a hundredth.
    private static let kinship: Float = 10_000

    init(cellCount: Int) {
        last = [Float](repeating: 0, count: cellCount)
        speed = last
    }

    /// Forgets the cloud.
    mutating func restart() { self = LocalGainFilter(cellCount: last.count) }

    /// Takes what a frame says of the gain that it was compared with.
    mutating func follow(_ gain: inout LocalGain, scores: CellScores) {
        var (total, gainSum, speedSum) = (Float(1), Float(0), Float(0))
        var product: Float = 0
        var square: Float = 1e-3
        gain.fade(LocalGainFilter.fading)
        // Kalata's relation: the two shares of a Kalman filter for something that moves on at a changing speed.
        let speedShare = 2 * (2 - share) - 4 * (1 - share).squareRoot()
        for row in 0..<scores.rows {
            for column in 0..<scores.columns {
                let index = row * scores.columns + column
                let (sum, information) = scores.sum(column: column, row: row)
                if information > LocalGainFilter.prior {
                    // One cell in which something happens shall not tell how fast clouds change.
                    let innovation = min(max(sum / information.squareRoot(), -5), 5)
                    product += innovation * last[index]
                    square += innovation * innovation
                    last[index] = innovation
                    let step = sum / (information + LocalGainFilter.prior)
                    speed[index] += (speedShare * step - LocalGainFilter.fading * speed[index])
                    gain.change(cell: index, by: speed[index] + share * step)
                } else {
                    last[index] = 0
                    speed[index] = 0
                }
                total += information
                gainSum += information * gain.deviation(cell: index)
                speedSum += information * speed[index]
                // Where little is seen the gain is that around.
                gain.relax(cell: index, share: LocalGainFilter.kinship / (LocalGainFilter.kinship + information))
            }
        }
        // What all cells have in common is the alignment's gain: known twice, it would wander off.
        gain.shift(by: -gainSum / total)
        for index in speed.indices where speed[index] != 0 { speed[index] -= speedSum / total }
        let correlation = min(max(product / square, -1), 1)
        share *= exp(LocalGainFilter.adaptation * correlation)
        share = min(max(share, LocalGainFilter.leastShare), LocalGainFilter.greatestShare)
    }
}
