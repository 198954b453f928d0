// SPDX-License-Identifier: Apache-2.0

/// A pause that a button begins and ends, and that ends by itself when it was forgotten. Times are seconds of any steady
/// clock.
struct PauseSwitch: Sendable, Hashable {
    /// Seconds after which a forgotten pause ends.
    let longestSeconds: Double
    private var begin: Double?

    /// Not paused.
    init(longestSeconds: Double) { self.longestSeconds = longestSeconds }

    /// True during a pause.
    var isPaused: Bool { begin != nil }

    /// The button was pressed.
    mutating func press(now: Double) { begin = begin == nil ? now : nil }

    /// Ends a pause that has lasted for too long.
    mutating func check(now: Double) {
        if let begin, now - begin >= longestSeconds { self.begin = nil }
    }
}
