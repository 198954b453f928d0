// SPDX-License-Identifier: Apache-2.0

public import NIOCore

/// Protects connections: puts encryption between the socket and VTP, and learns who is at the other end.
///
/// VTP itself brings none along, so that programs that do without it do not carry it.
public protocol ConnectionShield: Sendable {
    /// Adds its handlers to a new connection, before all others. Called on the connection's event loop.
    ///
    /// The handlers pass the connection on as active once it is protected, and what goes wrong as `VTPError`.
    ///
    /// - Parameters:
    ///   - channel: the connection.
    ///   - host: name or address that the other end must prove to be; nil for one that connects to us.
    /// - Returns: completed when the connection is protected, with the SHA-256 (32 bytes) of the public key that the
    ///   other end has proved to have the private one of; nil if it has proved nothing. Fails with `VTPError`.
    func protect(_ channel: any Channel, host: String?) throws -> EventLoopFuture<[UInt8]?>
}
