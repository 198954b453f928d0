// SPDX-License-Identifier: Apache-2.0

import Camera

/// Why the station did not watch for a while.
public enum GapReason: String, Sendable, Hashable, CaseIterable {
    /// The agent had just been started.
    case start
    /// The camera was gone or could not be opened.
    case unplugged
    /// Another program had the camera, or the agent may not use it.
    case taken
    /// The camera gave no good frames.
    case stalled
    /// The camera gave the same frame again and again.
    case frozen
    /// The camera changed its format, and was set up anew.
    case format
    /// The camera was switched off and on by its relay.
    case powerCycle = "power_cycle"
    /// Roof or dome closed.
    case roof
    /// Rain.
    case rain
    /// Somebody worked at the telescope, and had pressed the button.
    case paused
    /// The configuration was read again.
    case reload
    /// The agent was ended.
    case stopped
    /// The agent ended without a word: a power cut, a crash.
    case interrupted

    /// The reason that something in the way is.
    init(_ obstruction: Obstruction) {
        switch obstruction {
        case .roofClosed: self = .roof
        case .rain: self = .rain
        case .paused: self = .paused
        }
    }

    /// The reason that a camera's failure is.
    init(_ failure: CameraError) {
        switch failure.code {
        case .stalled, .inputOutput: self = .stalled
        case .frozen: self = .frozen
        case .formatChanged, .unsupported: self = .format
        case .forbidden, .busy: self = .taken
        default: self = .unplugged
        }
    }
}
