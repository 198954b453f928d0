// SPDX-License-Identifier: Apache-2.0

import UTC

/// How long a lamp has been on until any instant, in seconds from an origin.
struct LampTime: Sendable, Hashable {
    private var on: [Double] = []
    private var off: [Double] = []
    /// Seconds of light before each stretch.
    private var before: [Double] = []

    /// The time of some stretches, in order.
    init(_ pulses: [LightPulse], origin: UTCInstant) {
        var sum = 0.0
        for pulse in pulses {
            on.append(pulse.on.seconds(since: origin))
            off.append(pulse.off.seconds(since: origin))
            before.append(sum)
            sum += pulse.off.seconds(since: pulse.on)
        }
    }

    /// True if it is on at an instant.
    func isOn(_ time: Double) -> Bool { stretch(at: time).map { time < off[$0] } ?? false }

    /// Share of an exposure in which it is on, 0...1.
    func share(middle: Double, exposure: Double) -> Double {
        (litSeconds(until: middle + exposure / 2) - litSeconds(until: middle - exposure / 2)) / exposure
    }

    private func litSeconds(until time: Double) -> Double {
        stretch(at: time).map { before[$0] + min(time, off[$0]) - on[$0] } ?? 0
    }

    /// The last stretch that began before an instant.
    private func stretch(at time: Double) -> Int? {
        var (low, high) = (0, on.count)
        while low < high {
            let middle = (low + high) / 2
            if on[middle] <= time { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : low - 1
    }
}
