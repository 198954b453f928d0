// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Synchronization

/// The connections of one kind that a broker has: from the networks that may connect, up to limits.
final class ConnectionRegistry: Sendable {
    /// Authors or subscribers.
    enum Kind: String, Sendable {
        case authors, subscribers
    }

    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var counts: [IPAddress: Int] = [:]
    }

    let kind: Kind
    private let policy: PolicyInForce
    private let state = Mutex(State())

    init(_ kind: Kind, policy: PolicyInForce) {
        self.kind = kind
        self.policy = policy
    }

    /// Takes a connection up and forgets it when it is closed.
    ///
    /// - Returns: why it is turned away; nil if it is taken.
    func admit(_ channel: any Channel, from address: IPAddress?) -> String? {
        let policy = policy.current
        let (networks, limit, limitPerAddress) =
            switch kind {
            case .authors:
                (policy.access.authors, policy.limits.maximumAuthors, policy.access.maximumAuthorsPerAddress)
            case .subscribers:
                (
                    policy.access.subscribers, policy.limits.maximumSubscribers,
                    policy.access.maximumSubscribersPerAddress
                )
            }
        guard address.map({ $0.isIn(networks) }) ?? false else { return "its address may not connect" }
        let identifier = ObjectIdentifier(channel)
        let objection: String? = state.withLock { state in
            guard state.channels.count < limit else { return "there are \(limit) \(kind.rawValue) already" }
            if let address, !address.isLoopback {
                guard state.counts[address, default: 0] < limitPerAddress else {
                    return "its address has \(limitPerAddress) connections already"
                }
                state.counts[address, default: 0] += 1
            }
            state.channels[identifier] = channel
            return nil
        }
        if objection == nil {
            channel.closeFuture.whenComplete { _ in self.forget(identifier, address) }
        }
        return objection
    }

    /// The connections there are at the moment.
    var all: [any Channel] { state.withLock { Array($0.channels.values) } }

    /// How many connections there are at the moment.
    var count: Int { state.withLock { $0.channels.count } }

    /// Asks every connection to finish what is in flight, and waits until all are closed.
    func closeAll() async {
        let channels = all
        for channel in channels { channel.pipeline.fireUserInboundEventTriggered(BrokerIsClosing()) }
        // A connection that closed with an error is closed all the same.
        for channel in channels { _ = try? await channel.closeFuture.get() }
    }

    private func forget(_ identifier: ObjectIdentifier, _ address: IPAddress?) {
        state.withLock { state in
            state.channels[identifier] = nil
            guard let address, let count = state.counts[address] else { return }
            state.counts[address] = count > 1 ? count - 1 : nil
        }
    }
}
