// SPDX-License-Identifier: Apache-2.0

public import NIOCore
import NIOSSL
public import VTP

/// TLS for the connections that we make.
public final class TLSClientShield: ConnectionShield {
    /// Time for agreeing on how to protect a connection.
    private static let patience = TimeAmount.seconds(10)

    private let context: NIOSSLContext

    /// A shield from whose certificates are believed, and what proves who we are; nil: we do not say.
    ///
    /// - Throws: `badCertificate`.
    public init(trust: TLSTrust = .system, credentials: TLSCredentials? = nil) throws(VTPError) {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.trustRoots = trust.niosslRoots
        if let credentials {
            configuration.certificateChain = credentials.chain.map { .certificate($0) }
            configuration.privateKey = .privateKey(credentials.privateKey)
        }
        do { context = try NIOSSLContext(configuration: configuration) } catch {
            throw VTPError(.badCertificate, place: "TLS", message: "the certificates cannot be used: \(error)")
        }
    }

    /// Puts TLS before all that speaks on a connection that is made.
    public func protect(_ channel: any Channel, host: String?) throws -> EventLoopFuture<[UInt8]?> {
        let gate = HandshakeGate(patience: Self.patience, eventLoop: channel.eventLoop)
        // An IP address is compared with the certificate, but not announced (RFC 6066, section 3).
        let isName = host.map { IPAddress($0) == nil } ?? false
        let tls = try NIOSSLClientHandler(context: context, serverHostname: isName ? host : nil)
        try channel.pipeline.syncOperations.addHandlers([tls, gate])
        return gate.protection
    }
}
