// SPDX-License-Identifier: Apache-2.0

import Crypto
public import UTC
public import VTP

/// By what a broker knows an author: the SHA-256 of the public key in the author's certificate.
///
/// A certificate that is renewed with the same key keeps it.
public struct KeyFingerprint: Sendable, Hashable {
    /// The SHA-256 of the key as SubjectPublicKeyInfo (RFC 5280), 32 bytes.
    public let sha256: [UInt8]

    /// Reads the first certificate of a file in PEM.
    ///
    /// - Throws: `badCertificate` with file and line.
    public init(certificatePath: String, at now: UTCInstant = .now()) throws(VTPError) {
        let file = try PEMFile(path: certificatePath)
        let certificate = try file.certificates(at: now)[0]
        do { sha256 = Array(SHA256.hash(data: try certificate.extractPublicKey().toSPKIBytes())) } catch {
            throw file.mistake("the certificate has no key that can be used")
        }
    }

    /// The fingerprint in 64 hexadecimal digits.
    public var text: String {
        sha256.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
