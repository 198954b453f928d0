// SPDX-License-Identifier: Apache-2.0

import UTC
import VTP

/// An event as the archive lists it: what it is found by, without the packet.
public struct ArchivedEvent: Sendable, Hashable {
    /// Place in the log.
    public let sequence: EventSequence
    /// The event's identifier.
    public let ivorn: String
    /// `observation`, `prediction`, `utility` or `test`.
    public let role: String
    /// Version of VOEvent as written.
    public let version: String
    /// When it was received.
    public let received: UTCInstant
    /// The ivorn without its local part.
    public let stream: String
    /// `Who/AuthorIVORN`, if it says so.
    public let author: String?
    /// Kind of event, if it says so.
    public let eventType: String?
    /// What was looked at, if it says so.
    public let target: String?
    /// When it happened, if it says so.
    public let time: UTCInstant?
    /// Right ascension in degrees, if it has a position in ICRS or FK5.
    public let rightAscensionDegrees: Double?
    /// Declination in degrees, if it has a position in ICRS or FK5.
    public let declinationDegrees: Double?
}
