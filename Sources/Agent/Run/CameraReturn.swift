// SPDX-License-Identifier: Apache-2.0

/// The wait before a camera is opened again, cut short when its device comes into being.
///
/// A camera that was unplugged for a while would be waited for at the longest interval; who plugs it in wants it back
/// at once.
struct CameraReturn<WaitClock: Clock<Duration>>: Sendable {
    let clock: WaitClock
    /// True while the device node is there, whether or not it can be opened.
    let isThere: @Sendable () -> Bool

    /// Between two looks at the device.
    private static var interval: Duration { .milliseconds(100) }

    /// Waits so many seconds, or until `stop` is raised; true, and at once, if the device appears meanwhile.
    func wait(seconds: Double, until stop: StopFlag) async -> Bool {
        let end = clock.now.advanced(by: .seconds(seconds))
        var wasThere = isThere()
        while clock.now < end, !stop.isRaised, !Task.isCancelled {
            try? await clock.sleep(for: Self.interval)
            let isThere = isThere()
            if isThere, !wasThere { return true }
            wasThere = isThere
        }
        return false
    }
}
