// SPDX-License-Identifier: Apache-2.0

/// Keeps the number of candidates near a goal by moving their threshold (constant false-alarm rate).
///
/// Clouds, compression and twinkling stars raise the number of peaks; a fixed threshold would drown the linker or be
/// blind on clear nights. The threshold rises fast and falls slowly, never below its floor.
struct ThresholdControl {
    /// The threshold now, in standard deviations.
    private(set) var value: Double
    /// Running average of the number of candidates in a frame.
    private(set) var average = 0.0

    private var frames = 0.0
    private let floor: Double
    private let goal: Double
    private static let ceiling = 30.0

    init(floor: Double, goal: Double) {
        self.floor = floor
        self.goal = goal
        value = floor
    }

    /// Takes the number of candidates of a frame into account.
    mutating func update(count: Int) {
        frames = min(frames + 1, 32)
        average += (Double(count) - average) / frames
        let excess = Double(count) / goal - 1
        value += excess > 0 ? 0.02 * min(excess, 5) : 0.02 * excess
        value = min(max(value, floor), ThresholdControl.ceiling)
    }
}
