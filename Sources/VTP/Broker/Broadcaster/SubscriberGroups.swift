// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// The subscribers' connections by the event loop that serves them, so that a batch costs one hop a loop and not one a
/// subscriber.
struct SubscriberGroups: Sendable {
    private struct Group: Sendable {
        let eventLoop: any EventLoop
        let members: NIOLoopBoundBox<[ObjectIdentifier: BroadcasterHandler]>
    }

    private let groups: [ObjectIdentifier: Group]

    /// Groups without members, one for each event loop.
    init(eventLoops: some Sequence<any EventLoop>) {
        var groups: [ObjectIdentifier: Group] = [:]
        for eventLoop in eventLoops {
            groups[ObjectIdentifier(eventLoop)] = Group(
                eventLoop: eventLoop, members: NIOLoopBoundBox.makeBoxSendingValue([:], eventLoop: eventLoop))
        }
        self.groups = groups
    }

    /// A connection wants new events. Called on its event loop.
    func join(_ member: BroadcasterHandler, eventLoop: any EventLoop) {
        groups[ObjectIdentifier(eventLoop)]?.members.value[ObjectIdentifier(member)] = member
    }

    /// A connection is gone. Called on its event loop.
    func leave(_ member: BroadcasterHandler, eventLoop: any EventLoop) {
        groups[ObjectIdentifier(eventLoop)]?.members.value[ObjectIdentifier(member)] = nil
    }

    /// Gives a batch to every connection.
    ///
    /// Returns when every event loop has taken its share: otherwise fast authors would fill the loops' task queues.
    func deliver(_ batch: EventBatch) async {
        let shares = groups.values.map { group in
            group.eventLoop.submit { for member in group.members.value.values { member.deliver(batch) } }
        }
        // An event loop that has ended has no subscribers.
        for share in shares { _ = try? await share.get() }
    }
}
