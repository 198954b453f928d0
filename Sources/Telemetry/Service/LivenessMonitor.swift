// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Knows whether every activity of a service gets on, so that a service manager's watchdog hears nothing from one that
/// hangs.
///
/// An activity promises when it will be heard of again, each time anew: a loop that waits for a frame within seconds,
/// one that waits for a camera to be plugged in when its wait is over. What has nothing to do promises nothing. An
/// activity that does not keep its promise hangs.
public final class LivenessMonitor: Sendable {
    /// An activity that has not kept its promise.
    public struct Overdue: Sendable, Hashable {
        /// Name of the activity.
        public let activity: String
        /// Seconds since it should have been heard of.
        public let seconds: Double
    }

    private let deadlines = Mutex<[String: Double]>([:])
    private let now: @Sendable () -> Double

    /// A monitor that nothing has promised anything to.
    ///
    /// - Parameter now: seconds of a steady clock, which should stand still while the machine sleeps.
    public init(now: @escaping @Sendable () -> Double = LivenessMonitor.secondsAwake) {
        self.now = now
    }

    /// The activity gets on, and will be heard of again within so many seconds.
    public func promise(_ activity: String, within seconds: Double) {
        let deadline = now() + seconds
        deadlines.withLock { $0[activity] = deadline }
    }

    /// The activity has ended, or has nothing to do until somebody asks.
    public func release(_ activity: String) {
        deadlines.withLock { _ = $0.removeValue(forKey: activity) }
    }

    /// The activities that hang, by name; empty if the service is alive.
    public var overdue: [Overdue] {
        let now = now()
        return deadlines.withLock { deadlines in
            deadlines.filter { $0.value < now }
                .map { Overdue(activity: $0.key, seconds: now - $0.value) }
                .sorted { $0.activity < $1.activity }
        }
    }

    /// Seconds since the program began, without those in which the machine slept.
    public static func secondsAwake() -> Double { (SuspendingClock.now - start) / .seconds(1) }
    private static let start = SuspendingClock.now
}
