// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Synchronization

/// The connections of one kind that a broker has, up to a limit.
final class ConnectionRegistry: Sendable {
    private let limit: Int
    private let channels = Mutex<[ObjectIdentifier: any Channel]>([:])

    init(limit: Int) { self.limit = limit }

    /// Takes a connection up and forgets it when it is closed; false if there are too many.
    func admit(_ channel: any Channel) -> Bool {
        let identifier = ObjectIdentifier(channel)
        let isAdmitted = channels.withLock { channels in
            guard channels.count < limit else { return false }
            channels[identifier] = channel
            return true
        }
        if isAdmitted {
            channel.closeFuture.whenComplete { _ in
                self.channels.withLock { _ = $0.removeValue(forKey: identifier) }
            }
        }
        return isAdmitted
    }

    /// The connections there are at the moment.
    var all: [any Channel] { channels.withLock { Array($0.values) } }

    /// Asks every connection to finish what is in flight, and waits until all are closed.
    func closeAll() async {
        let channels = all
        for channel in channels { channel.pipeline.fireUserInboundEventTriggered(BrokerIsClosing()) }
        // A connection that closed with an error is closed all the same.
        for channel in channels { _ = try? await channel.closeFuture.get() }
    }
}
