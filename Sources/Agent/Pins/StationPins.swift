// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOPosix
import Telemetry

/// What is wired to the box's GPIO lines, while the agent runs.
struct StationPins: Sendable {
    /// Roof and rain.
    let view: ViewWatch
    /// The camera's power; nil if it cannot be switched.
    let cameraPower: CameraPower?
    /// Pulses of a receiver; nil without one.
    let pulses: PulseInput?
    /// Shows the station's state; nil without a light.
    let statusLight: StatusLight?
    /// Held dark, so that nobody blinks into the frames; nil without one.
    private let timingLight: (any PinOutput)?

    /// Takes every line that is configured.
    ///
    /// - Throws: `PinError` for the first one that is missing, busy or forbidden.
    init(
        _ configuration: PinsConfiguration, board: any PinBoard, logger: Logger, report: ServiceReport
    ) throws(PinError) {
        view = try ViewWatch(configuration, board: board, logger: logger, report: report)
        if let power = configuration.cameraPower {
            cameraPower = try CameraPower(power, board: board, logger: logger)
        } else {
            cameraPower = nil
        }
        if let line = configuration.pps {
            pulses = try PulseInput(line, board: board, logger: logger)
        } else {
            pulses = nil
        }
        if let line = configuration.statusLight {
            statusLight = try StatusLight(line, board: board, logger: logger)
        } else {
            statusLight = nil
        }
        if let line = configuration.timingLight {
            do throws(PinError) { timingLight = try board.output(line, isActive: false) } catch {
                throw error.of("pins.timing_light")
            }
        } else {
            timingLight = nil
        }
    }

    /// Follows the inputs until `stop` is raised.
    func run(until stop: StopFlag) async {
        async let following: Void = view.run(until: stop)
        if let pulses {
            let thread = NIOThreadPool(numberOfThreads: 1)
            thread.start()
            try? await thread.runIfActive { pulses.run(until: stop) }
            try? await thread.shutdownGracefully()
        }
        await following
    }

    /// Figures for monitoring systems.
    var metrics: [Metric] { view.metrics() + (cameraPower?.metrics ?? []) }
}
