// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What the running agent is asked to do: end, or go on with another configuration.
///
/// The agent runs in rounds, one for each configuration. A request ends the present round.
final class RunControl: Sendable {
    private struct State {
        var round = StopFlag()
        var next: AgentConfiguration?
        var isEnding = false
    }

    private let state = Mutex(State())

    /// Begins a round: the flag that ends it, which is raised already if the agent was asked to end.
    func beginRound() -> StopFlag {
        state.withLock { state in
            state.round = StopFlag()
            if state.isEnding || state.next != nil { state.round.raise() }
            return state.round
        }
    }

    /// Asks for the end; false if somebody has asked before.
    func end() -> Bool {
        state.withLock { state in
            defer { state.isEnding = true }
            state.round.raise()
            return !state.isEnding
        }
    }

    /// Asks for a round with this configuration.
    func goOn(with configuration: AgentConfiguration) {
        state.withLock { state in
            state.next = configuration
            state.round.raise()
        }
    }

    /// The configuration of the next round, once; nil if there is none, and the agent ends.
    func takeNext() -> AgentConfiguration? {
        state.withLock { state in
            defer { state.next = nil }
            return state.isEnding ? nil : state.next
        }
    }
}
