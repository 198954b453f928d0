// SPDX-License-Identifier: Apache-2.0

import Camera
import Synchronization
import Telemetry

/// What the driver has lost and what was done about a camera that failed, over all times that it was opened.
///
/// The searching thread and the service bring the news, the monitoring takes the figures.
final class CameraRecord: Sendable {
    /// What is done about a camera that gives no good frames, the gentlest first.
    enum Action: String, Sendable, Hashable, CaseIterable {
        /// The stream was stopped and started again.
        case restart
        /// The camera was closed and opened again.
        case reopen
        /// The camera was switched off and on by its relay.
        case powerCycle = "power_cycle"
    }

    private struct State {
        /// What the camera's earlier openings came to.
        var earlier = V4L2Statistics()
        var present = V4L2Statistics()
        var openings = 0
        var actions: [Action: Int] = [:]
    }

    private let state = Mutex(State())

    /// The camera was opened; its statistics begin anew.
    func beginCamera() {
        state.withLock { state in
            state.earlier = state.earlier + state.present
            state.present = V4L2Statistics()
            state.openings += 1
        }
    }

    /// The statistics of the open camera at present.
    func take(_ statistics: V4L2Statistics) { state.withLock { $0.present = statistics } }

    /// Something is done about a camera that fails.
    func count(_ action: Action) { state.withLock { $0.actions[action, default: 0] += 1 } }

    /// Figures for monitoring systems; none before a camera was opened.
    var metrics: [Metric] {
        let state = state.withLock { $0 }
        guard state.openings > 0 else { return [] }
        let sum = state.earlier + state.present
        let lost = [("sequence", sum.missing), ("damaged", sum.damaged), ("short", sum.short)]
        return [
            Metric(
                "psws_camera_frames", .counter, help: "Good frames that the driver gave.",
                value: Double(sum.delivered)),
            Metric(
                "psws_camera_frames_lost", .counter,
                help: "Frames that the driver numbered but never gave, marked as damaged, or gave incomplete.",
                label: "reason", values: lost.map { ($0.0, Double($0.1)) }),
            Metric(
                "psws_camera_driver_errors", .counter, help: "Times that the driver gave an error in place of a frame.",
                value: Double(sum.driverErrors)),
            Metric(
                "psws_camera_stalls", .counter, help: "What was done about a camera that gave no good frames.",
                label: "action", values: Action.allCases.map { ($0.rawValue, Double(state.actions[$0] ?? 0)) }),
            Metric(
                "psws_camera_openings", .counter, help: "Times that the camera was opened, the first included.",
                value: Double(state.openings)),
            Metric(
                "psws_camera_format_changes", .counter, help: "Times that the camera changed its format by itself.",
                value: Double(sum.formatChanges)),
        ]
    }
}

extension V4L2Statistics {
    /// The statistics of two openings together.
    fileprivate static func + (first: V4L2Statistics, second: V4L2Statistics) -> V4L2Statistics {
        var sum = first
        sum.delivered += second.delivered
        sum.missing += second.missing
        sum.damaged += second.damaged
        sum.short += second.short
        sum.driverErrors += second.driverErrors
        sum.stalls += second.stalls
        sum.restarts += second.restarts
        sum.formatChanges += second.formatChanges
        sum.timedByArrival += second.timedByArrival
        sum.clockSteps += second.clockSteps
        return sum
    }
}
