// SPDX-License-Identifier: Apache-2.0

import NIOSSL
import UTC
import VTP

extension PEMFile {
    /// All certificates of the file, each one in its time.
    ///
    /// - Throws: `badCertificate` with the line at which the first that cannot be used begins.
    func certificates(at now: UTCInstant) throws(VTPError) -> [NIOSSLCertificate] {
        var certificates: [NIOSSLCertificate] = []
        for block in blocks where block.label == "CERTIFICATE" {
            let certificate: NIOSSLCertificate
            do { certificate = try NIOSSLCertificate(bytes: block.bytes, format: .pem) } catch {
                throw mistake("the certificate cannot be read", line: block.line)
            }
            let end = UTCInstant(secondsSince1970: Double(certificate.notValidAfter))
            let begin = UTCInstant(secondsSince1970: Double(certificate.notValidBefore))
            guard now <= end else {
                throw mistake(
                    "the certificate expired at \(end.iso8601(fractionDigits: 0))", line: block.line,
                    remedy: "renew it")
            }
            guard begin <= now else {
                throw mistake(
                    "the certificate begins to hold at \(begin.iso8601(fractionDigits: 0)) only", line: block.line,
                    remedy: "check this machine's clock")
            }
            certificates.append(certificate)
        }
        guard !certificates.isEmpty else {
            throw mistake("there is no certificate in the file", remedy: "it needs PEM, -----BEGIN CERTIFICATE-----")
        }
        return certificates
    }

    /// The only private key of the file.
    ///
    /// - Throws: `badCertificate`, also for a key that is protected by a password.
    func privateKey() throws(VTPError) -> NIOSSLPrivateKey {
        guard let block = blocks.first(where: { $0.label.hasSuffix("PRIVATE KEY") }) else {
            throw mistake("there is no private key in the file", remedy: "it needs PEM, -----BEGIN PRIVATE KEY-----")
        }
        let isEncrypted =
            block.label.hasPrefix("ENCRYPTED")
            || String(decoding: block.bytes, as: UTF8.self).contains("Proc-Type: 4,ENCRYPTED")
        guard !isEncrypted else {
            throw mistake(
                "the key needs a password", line: block.line, remedy: "take it off: openssl pkey -in FILE -out FILE")
        }
        do { return try NIOSSLPrivateKey(bytes: block.bytes, format: .pem) } catch {
            throw mistake("the private key cannot be read", line: block.line)
        }
    }
}
