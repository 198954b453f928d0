// SPDX-License-Identifier: Apache-2.0

/// Keeps the number of candidates near a goal by moving their threshold (constant false-alarm rate).
///
/// Clouds, compression and twinkling stars raise the number of peaks; a fixed threshold would drown the linker or be
/// blind on clear nights. The threshold never falls below its floor: where noise gives fewer candidates than the goal
/// at the floor, it stays there.
///
/// Method: stochastic approximation. Each frame moves the threshold by a gain times the relative excess over the goal;
/// at rest the mean excess is 0, so that the mean number of candidates is the goal whatever its distribution. A frame
/// moves it by a bounded step; what exceeds that is owed and paid in the frames after, so that bursts count in full.
struct ThresholdControl {
    /// The threshold now, in standard deviations.
    private(set) var value: Double
    /// Running average of the number of candidates in a frame.
    private(set) var average = 0.0

    private var frames = 0.0
    private var owed = 0.0
    private let floor: Double
    private let goal: Double

    /// Highest threshold: what is not found there is no question of noise any more.
    private static let ceiling = 30.0
    /// Movement for a relative excess of 1, in standard deviations. Noise has e times fewer peaks 0.2 σ higher, so
    /// that a disturbance is steered out in about ten frames and chance moves the threshold by less than 0.1 σ.
    private static let gain = 0.02
    /// Largest step of a frame.
    private static let step = 0.1
    /// Most that is owed: a flood of any size is forgotten in twenty frames' steps.
    private static let greatestDebt = 2.0

    init(floor: Double, goal: Double) {
        self.floor = floor
        self.goal = goal
        value = floor
    }

    /// Takes the number of candidates of a frame into account.
    mutating func update(count: Int) {
        frames = min(frames + 1, 32)
        average += (Double(count) - average) / frames
        // High above the floor peaks thin out slowly, and after a flood the way back is long: steps grow with height.
        let scale = max(1, (value - floor) / 2)
        owed = min(owed + ThresholdControl.gain * (Double(count) / goal - 1), ThresholdControl.greatestDebt)
        let move = min(max(owed, -ThresholdControl.step), ThresholdControl.step)
        owed -= move
        let wanted = value + scale * move
        value = min(max(wanted, floor), ThresholdControl.ceiling)
        // At a limit nothing is owed in its direction, or the way back would begin late.
        if wanted != value { owed = 0 }
    }
}
