// SPDX-License-Identifier: Apache-2.0

/// How fast the background follows the frames, and which rows follow in which frame.
///
/// At first every row follows every frame, as an average over the frames seen would. Later rows take turns: each
/// follows in one frame of several, at a rate so much higher. That saves memory traffic, and keeps a mean in whole
/// numbers from standing still on steps smaller than its unit.
struct LearningRates {
    /// Share of a new frame in the mean, over all frames.
    let meanRate: Double
    /// Frames from one turn of a row's mean to the next.
    let meanInterval: Int

    /// Frames from one turn of a row's deviation to the next.
    static let deviationInterval = 8
    /// Share of a turn in the deviation. The noise of the noise fattens the tail of the statistic: at 1/128 the
    /// deviation errs by 5 %, the sum over a point spread by 2 %, and peaks of 6.5 σ are 1.5 times as frequent.
    static let deviationRate: Float = 1 / 128
    /// Frames that the first guess of the deviation counts for.
    static let priorFrames: Float = 24
    /// Frames in which all rows learn.
    static let beginning = 128

    init(meanRate: Double) {
        self.meanRate = meanRate
        // A slow mean serves sums over many frames, which all share its noise: it must not learn in large steps.
        let limit = meanRate < 1.0 / 64 ? 1.0 / 256 : 1.0 / 16
        var interval = 1
        while interval < LearningRates.deviationInterval, meanRate * Double(2 * interval) <= limit { interval *= 2 }
        meanInterval = interval
    }

    /// Share of a row's turn in the mean.
    var settledMeanRate: Double { meanRate * Double(meanInterval) }

    /// Share of a frame in the mean of a row; 0 if it is not its turn.
    func mean(framesLearnt count: Int, row: Int) -> Float {
        let early = 1 / Float(count + 1)
        if early >= Float(meanRate) || count < LearningRates.beginning { return max(early, Float(meanRate)) }
        return (row + count) % meanInterval == 0 ? Float(settledMeanRate) : 0
    }

    /// Frames from one turn of a row's deviation to the next, and rows from one whose turn it is to the next.
    func deviationInterval(framesLearnt count: Int) -> Int {
        count < LearningRates.beginning ? 1 : LearningRates.deviationInterval
    }

    /// Share of a frame in the deviation of a row; 0 if it is not its turn.
    func deviation(framesLearnt count: Int, row: Int) -> Float {
        if count < LearningRates.beginning { return 1 / (Float(count) + LearningRates.priorFrames) }
        return (row + count) % LearningRates.deviationInterval == 0 ? LearningRates.deviationRate : 0
    }
}
