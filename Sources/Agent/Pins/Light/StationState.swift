// SPDX-License-Identifier: Apache-2.0

import Detection

/// What somebody at the box should know at a glance. The first that holds is shown.
enum StationState: Sendable, Hashable, CaseIterable {
    /// No frames come.
    case noCamera
    /// Frames come, and nothing can be seen in them.
    case blind
    /// The roof is closed or it rains.
    case blocked
    /// Events wait for the broker.
    case undelivered
    /// All is well.
    case watching

    /// The state from what is known of the station.
    init(blindness: BlindnessCause?, isViewOpen: Bool, waitingEvents: Int) {
        self =
            switch (blindness, isViewOpen) {
            case (.noFrames, _): .noCamera
            case (_, false): .blocked
            case (.some, true): .blind
            case (nil, true): waitingEvents > 0 ? .undelivered : .watching
            }
    }

    /// How the light shows it: times in tenths of a second, on and off in turn.
    ///
    /// A light that does not change means that the agent does not run.
    var tenths: [Int] {
        switch self {
        case .noCamera: [1, 1]
        case .blind: [1, 2, 1, 2, 1, 13]
        case .blocked: [10, 10]
        case .undelivered: [1, 2, 1, 16]
        case .watching: [1, 29]
        }
    }
}
