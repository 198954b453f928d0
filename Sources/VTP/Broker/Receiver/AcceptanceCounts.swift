// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// How many events came on one way since the broker began, by what became of them.
public struct AcceptanceCounts: Sendable, Hashable {
    /// New and durable.
    public var stored = 0
    /// There already.
    public var alreadyStored = 0
    /// Against the rules.
    public var refused = 0
    /// Not stored for a failure of ours.
    public var failed = 0

    /// Nothing came yet.
    public init() {}

    mutating func count(_ acceptance: Acceptance) {
        switch acceptance {
        case .stored: stored += 1
        case .alreadyStored: alreadyStored += 1
        case .refused, .notAnEvent: refused += 1
        case .failed: failed += 1
        }
    }
}

/// Counts what becomes of events, by the way they come.
final class AcceptanceLedger: Sendable {
    private struct State {
        var counts: [EventWay: AcceptanceCounts] = [:]
        var storageFailure: String?
    }

    private let state = Mutex(State())

    func count(_ acceptance: Acceptance, by way: EventWay) {
        state.withLock { state in
            state.counts[way, default: AcceptanceCounts()].count(acceptance)
            switch acceptance {
            case .stored: state.storageFailure = nil
            case .failed(let reason): state.storageFailure = reason
            case .alreadyStored, .refused, .notAnEvent: break
            }
        }
    }

    var counts: [EventWay: AcceptanceCounts] { state.withLock { $0.counts } }

    /// Why the newest event that should be stored was not; nil if it was. Its author sends it again until it is.
    var storageFailure: String? { state.withLock { $0.storageFailure } }
}
