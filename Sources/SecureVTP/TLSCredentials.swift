// SPDX-License-Identifier: Apache-2.0

import NIOSSL
public import UTC
public import VTP

/// How we prove who we are: a certificate with those that lead to a root, and its private key.
public struct TLSCredentials: Sendable, Hashable {
    let chain: [NIOSSLCertificate]
    let privateKey: NIOSSLPrivateKey

    /// Reads both from files in PEM; the file of the certificate may go on with those of its issuers.
    ///
    /// - Throws: `badCertificate` with file and line: what cannot be read, is out of its time or does not match.
    public init(certificatePath: String, keyPath: String, at now: UTCInstant = .now()) throws(VTPError) {
        chain = try PEMFile(path: certificatePath).certificates(at: now)
        let keyFile = try PEMFile(path: keyPath)
        privateKey = try keyFile.privateKey()
        do { _ = try NIOSSLContext(configuration: serverConfiguration) } catch {
            throw keyFile.mistake(
                "the private key is not that of the certificate in \(certificatePath)",
                remedy: "give both of one pair, the server's own certificate first in its file")
        }
    }

    /// What a server with these credentials offers: TLS 1.2 or newer.
    var serverConfiguration: TLSConfiguration {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(privateKey))
        configuration.minimumTLSVersion = .tlsv12
        return configuration
    }
}
