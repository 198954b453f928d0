// SPDX-License-Identifier: Apache-2.0

public import NIOCore
import NIOSSL
import Synchronization
public import VTP

/// TLS for the connections that come in.
///
/// A client may show a certificate. One that is shown must be good; its key tells the broker who the author is.
public final class TLSServerShield: ConnectionShield {
    /// Time for agreeing on how to protect a connection.
    private static let patience = TimeAmount.seconds(10)

    private let context: Mutex<NIOSSLContext>

    /// A shield from what proves who we are, and whose certificates of clients are believed; nil: none is asked for.
    ///
    /// - Throws: `badCertificate`.
    public init(_ credentials: TLSCredentials, clients: TLSTrust? = nil) throws(VTPError) {
        context = Mutex(try TLSServerShield.context(credentials, clients: clients))
    }

    /// Takes other certificates for new connections; those that there are go on.
    ///
    /// - Throws: `badCertificate`; all is as it was then.
    public func replace(by credentials: TLSCredentials, clients: TLSTrust?) throws(VTPError) {
        let new = try TLSServerShield.context(credentials, clients: clients)
        context.withLock { $0 = new }
    }

    /// Puts TLS before all that speaks on a connection that comes in.
    public func protect(_ channel: any Channel, host: String?) throws -> EventLoopFuture<[UInt8]?> {
        let gate = HandshakeGate(patience: Self.patience, eventLoop: channel.eventLoop)
        let tls = NIOSSLServerHandler(context: context.withLock { $0 })
        try channel.pipeline.syncOperations.addHandlers([tls, gate])
        return gate.protection
    }

    private static func context(_ credentials: TLSCredentials, clients: TLSTrust?) throws(VTPError) -> NIOSSLContext {
        var configuration = credentials.serverConfiguration
        if let clients {
            configuration.trustRoots = clients.niosslRoots
            configuration.certificateVerification = .optionalVerification
        }
        do { return try NIOSSLContext(configuration: configuration) } catch {
            throw VTPError(.badCertificate, place: "TLS", message: "the certificates cannot be used: \(error)")
        }
    }
}
