// SPDX-License-Identifier: Apache-2.0

import VTP

/// Another way in which a centre is served to the world, beside VTP.
///
/// The server knows none itself: who puts a program together brings it along, and with it what it needs.
public protocol CentreFace: Sendable {
    /// Serves until the task is told to shut down gracefully or is cancelled.
    ///
    /// - Parameter onListening: called once, when it can be reached, with the real port; or with nil, if it does
    ///   without being reached.
    /// - Throws: if it cannot begin to serve.
    func run(onListening: @escaping @Sendable (VTPAddress?) -> Void) async throws

    /// Puts in force what may change while connections are served.
    func apply(_ configuration: ServerConfiguration)
}
