// SPDX-License-Identifier: Apache-2.0

import NIOSSL
import VTP

/// What goes wrong between two ends of TLS, in words and with a remedy.
enum TLSFailure {
    /// BoringSSL's names of what a person can mend; alerts are what the other end says of us.
    private static let explanations: [(name: String, message: String, remedy: String)] = [
        (
            "CERTIFICATE_VERIFY_FAILED", "the peer's certificate is not accepted",
            "it must be in its time, and signed by an authority that is known here (--ca, tls.client_ca)"
        ),
        (
            "ALERT_UNKNOWN_CA", "the peer does not know who signed our certificate",
            "let it know the authority (--ca, tls.client_ca)"
        ),
        ("ALERT_CERTIFICATE_EXPIRED", "the peer says that our certificate has expired", "renew it"),
        (
            "ALERT_BAD_CERTIFICATE", "the peer does not accept our certificate",
            "it must be in its time, and signed by an authority that the peer knows"
        ),
        ("ALERT_CERTIFICATE_REQUIRED", "the peer wants a certificate", "give one (--certificate, --key)"),
        ("WRONG_VERSION_NUMBER", "the peer does not speak TLS", "check that the port is that for TLS"),
        ("HTTP_REQUEST", "the peer speaks HTTP", "check the port"),
        ("UNSUPPORTED_PROTOCOL", "the peer knows no TLS from 1.2 on", "use a newer one"),
        ("ALERT_PROTOCOL_VERSION", "the peer speaks other versions of TLS than 1.2 and 1.3", "use a newer one"),
    ]

    static func words(for error: any Error) -> VTPError {
        if let extra = error as? NIOSSLExtraError, extra == .failedToValidateHostname {
            return VTPError(
                .notProtected, place: "TLS", message: "the peer's certificate is for another host",
                remedy: "connect to a name that stands in the certificate")
        }
        let text = String(describing: error)
        if let found = explanations.first(where: { text.contains($0.name) }) {
            return VTPError(.notProtected, place: "TLS", message: found.message, remedy: found.remedy)
        }
        return VTPError(.notProtected, place: "TLS", message: "TLS failed: \(text.printable)")
    }
}
