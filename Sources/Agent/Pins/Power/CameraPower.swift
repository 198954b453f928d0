// SPDX-License-Identifier: Apache-2.0

import Camera
import Logging
import Synchronization
import Telemetry

/// The relay in the camera's supply.
final class CameraPower: Sendable {
    private let relay: any PinOutput
    private let offSeconds: Double
    private let revival = Mutex(CameraRevival())
    private let logger: Logger

    /// Takes the relay's line and switches the camera on.
    ///
    /// - Throws: `PinError` for a line that is missing, busy or forbidden.
    init(_ configuration: PinsConfiguration.CameraPower, board: any PinBoard, logger: Logger) throws(PinError) {
        do {
            relay = try board.output(configuration.line, isActive: true)
        } catch {
            throw error.of("pins.camera_power")
        }
        offSeconds = configuration.offSeconds
        self.logger = logger
    }

    /// Switches the camera off and on if that is due after a failure; true if it was done.
    ///
    /// - Parameters:
    ///   - framesBefore: frames that came since the failure before.
    ///   - pause: waits, for the number of seconds that it is given.
    func revive(
        after failure: CameraError, framesBefore: Int, now: Double = SightWatch.now,
        pause: (_ seconds: Double) async -> Void
    ) async -> Bool {
        guard revival.withLock({ $0.needsCycle(after: failure, framesBefore: framesBefore, now: now) }) else {
            return false
        }
        logger.warning("\(failure); switching the camera off for \(offSeconds.fixed(1)) s")
        switchRelay(isOn: false)
        await pause(offSeconds)
        // On again whatever has happened meanwhile.
        switchRelay(isOn: true)
        logger.notice("the camera is switched on again")
        return true
    }

    /// Figures for monitoring systems.
    var metrics: [Metric] {
        [
            Metric(
                "psws_camera_power_cycles", .counter, help: "Times that a camera was switched off and on.",
                value: Double(revival.withLock { $0.cycleCount }))
        ]
    }

    private func switchRelay(isOn: Bool) {
        do throws(PinError) {
            try relay.set(isActive: isOn)
        } catch {
            logger.error("the camera cannot be switched \(isOn ? "on" : "off"): \(error.of("pins.camera_power"))")
        }
    }
}
