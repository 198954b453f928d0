// SPDX-License-Identifier: Apache-2.0

import NIOSSL
public import UTC
public import VTP

/// Whose certificates we believe.
public struct TLSTrust: Sendable, Hashable {
    /// The certificates that a chain may end in; nil for those of the system.
    let roots: [NIOSSLCertificate]?

    /// The certificate authorities that the system knows.
    public static let system = TLSTrust(roots: nil)

    private init(roots: [NIOSSLCertificate]?) { self.roots = roots }

    /// Reads certificates in PEM: of authorities, or of single peers that signed their own.
    ///
    /// - Throws: `badCertificate` with file and line.
    public init(path: String, at now: UTCInstant = .now()) throws(VTPError) {
        self.init(roots: try PEMFile(path: path).certificates(at: now))
    }

    var niosslRoots: NIOSSLTrustRoots { roots.map { .certificates($0) } ?? .default }
}
