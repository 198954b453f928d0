// SPDX-License-Identifier: Apache-2.0

import Server
import Synchronization

/// The settings in force, which may change while connections are served.
final class SettingsInForce: Sendable {
    private struct State {
        var http: HTTPConfiguration
        var maximumEventBytes: Int
    }

    private let state: Mutex<State>

    init(_ configuration: ServerConfiguration) { state = Mutex(SettingsInForce.state(configuration)) }

    var http: HTTPConfiguration { state.withLock { $0.http } }
    /// Largest event that is accepted, in bytes.
    var maximumEventBytes: Int { state.withLock { $0.maximumEventBytes } }

    func replace(by configuration: ServerConfiguration) {
        state.withLock { $0 = SettingsInForce.state(configuration) }
    }

    private static func state(_ configuration: ServerConfiguration) -> State {
        State(http: configuration.http, maximumEventBytes: configuration.policy.limits.maximumEventBytes)
    }
}
