// SPDX-License-Identifier: Apache-2.0

/// What stands between the camera and the sky, as a line of the box says; the first is told first.
enum Obstruction: String, Sendable, Hashable, CaseIterable {
    /// The roof or dome is closed, or on its way.
    case roofClosed = "roof_closed"
    /// It rains.
    case rain
    /// Somebody works at the telescope.
    case paused

    /// What the operator reads when it begins, and in the service's state while it lasts.
    var sentence: String {
        switch self {
        case .roofClosed: "blocked: the roof is closed; frames are not searched until it opens"
        case .rain: "blocked: it rains; frames are not searched until it stops"
        case .paused: "paused by the button; frames are not searched until it is pressed again"
        }
    }

    /// What the operator reads when it is over.
    var end: String {
        switch self {
        case .roofClosed: "the roof is open"
        case .rain: "the rain has stopped"
        case .paused: "the pause is over"
        }
    }
}
