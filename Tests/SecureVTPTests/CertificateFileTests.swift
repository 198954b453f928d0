// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing
import UTC
import VTP

@testable import SecureVTP

/// Files of certificates that cannot be used. Those that can be are handshaken with in `Tests/Interop/tls.py`.
final class CertificateFileTests {
    private let path = FileManager.default.temporaryDirectory.appendingPathComponent("psws-\(UUID().uuidString)").path

    deinit { try? FileManager.default.removeItem(atPath: path) }

    private func mistake(in text: String) throws -> VTPError? {
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return #expect(throws: VTPError.self) { try TLSTrust(path: path) }
    }

    @Test(arguments: [
        ("", "", "there is no certificate in the file"),
        ("-----BEGIN -----\n", "", "there is no certificate in the file"),
        ("words\n\n-----BEGIN CERTIFICATE-----\nMIIB\n", ":3", "the block CERTIFICATE has no end"),
        (
            "-----BEGIN CERTIFICATE-----\r\nMIIB\r\n-----END CERTIFICATE-----\r\n", ":1",
            "the certificate cannot be read"
        ),
        ("-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n", "", "there is no certificate in the file"),
    ])
    func `What is wrong in a file is said with its place`(text: String, line: String, message: String) throws {
        let failure = try mistake(in: text)
        #expect(failure?.code == .badCertificate && failure?.place == path + line && failure?.message == message)
    }

    @Test func `A file that is not there, a directory and an endless one are told`() {
        for place in ["/none/at/all.pem", "/", "/dev/zero"] {
            let failure = #expect(throws: VTPError.self) { try TLSTrust(path: place) }
            #expect(failure?.place == place && failure?.code == .badCertificate)
        }
    }
}
