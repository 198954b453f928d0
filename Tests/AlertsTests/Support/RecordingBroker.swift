// SPDX-License-Identifier: Apache-2.0

import Alerts
import Synchronization
import VOEvent

/// A broker that keeps what it gets, and fails as told.
final class RecordingBroker: EventPublishing {
    enum Manner: Sendable {
        case takes
        /// The line breaks before it has the event.
        case isAway
        /// It has the event, but its answer never comes.
        case losesAnswer
        case refuses
    }

    private let packets = Mutex<[[UInt8]]>([])
    private let present = Mutex(Manner.takes)

    func behave(_ manner: Manner) { present.withLock { $0 = manner } }

    /// Every event that was handed over, resent ones again.
    var received: [[UInt8]] { packets.withLock { $0 } }

    /// The events without those that were sent again.
    func events() throws -> [VOEventPacket] {
        var seen: Set<[UInt8]> = []
        return try received.filter { seen.insert($0).inserted }.map { try VOEventReader().read($0).packet }
    }

    func publish(_ packet: [UInt8]) async throws(AlertError) {
        let manner = present.withLock { $0 }
        switch manner {
        case .isAway: throw AlertError(.unreachable, place: "broker", message: "away")
        case .refuses: throw AlertError(.refused, place: "broker", message: "no")
        case .takes, .losesAnswer:
            packets.withLock { $0.append(packet) }
            if manner == .losesAnswer { throw AlertError(.unreachable, place: "broker", message: "no answer") }
        }
    }
}
