// SPDX-License-Identifier: Apache-2.0

import Detection

/// An event and what was kept to prove it, ready to be written.
public struct Evidence: Sendable {
    /// Name of the event, from which the file names are made.
    public let name: String
    /// The event as detected.
    public let event: DetectedEvent
    /// Its surroundings before, during and after; nil if no frame was left of it.
    public let clip: FrameClip?

    /// What pixel and ADU mean; nil for an event that nobody asked about.
    public var meaning: EventMeaning?
    /// The campaign in which it was seen; nil if there was none.
    public var campaign: Campaign?

    /// Evidence from its parts.
    public init(
        name: String, event: DetectedEvent, clip: FrameClip?, meaning: EventMeaning? = nil, campaign: Campaign? = nil
    ) {
        self.name = name
        self.event = event
        self.clip = clip
        self.meaning = meaning
        self.campaign = campaign
    }
}
