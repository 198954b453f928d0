// SPDX-License-Identifier: Apache-2.0

import Logging

/// A light at the box that shows the station's state.
struct StatusLight: Sendable {
    private let lamp: any PinOutput
    private let logger: Logger

    /// Takes the light's line, dark.
    ///
    /// - Throws: `PinError` for a line that is missing, busy or forbidden.
    init(_ settings: PinSettings, board: any PinBoard, logger: Logger) throws(PinError) {
        do {
            lamp = try board.output(settings, isActive: false)
        } catch {
            throw error.of("pins.status_light")
        }
        self.logger = logger
    }

    /// Shows the state until the task is cancelled, and leaves the light dark.
    ///
    /// - Parameter state: asked before every round of the pattern.
    func run<Time: Clock<Duration>>(clock: Time = ContinuousClock(), state: @Sendable () -> StationState) async {
        do throws(PinError) {
            while !Task.isCancelled { try await show(state(), clock) }
            try lamp.set(isActive: false)
        } catch {
            logger.warning("\(error.of("pins.status_light")); the light is left alone")
        }
    }

    private func show<Time: Clock<Duration>>(_ state: StationState, _ clock: Time) async throws(PinError) {
        var isOn = true
        for tenths in state.tenths {
            try lamp.set(isActive: isOn)
            isOn.toggle()
            // Only cancelling ends a sleep early.
            guard (try? await clock.sleep(for: .milliseconds(100 * tenths))) != nil else { return }
        }
    }
}
