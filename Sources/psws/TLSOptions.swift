// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import SecureVTP
import VTP

/// How a command protects its connection to a broker.
struct TLSOptions: ParsableArguments {
    @Flag(name: .long, help: "Speak TLS, to a broker's port for it; psws-server has 8198 and 8199.")
    var tls = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Certificates that the broker's may be signed by, PEM (default: those that the system knows).",
            valueName: "file"))
    var ca: String?

    @Option(
        name: .long, help: ArgumentHelp("Our own certificate, PEM, by which the broker knows us.", valueName: "file"))
    var certificate: String?

    @Option(name: .long, help: ArgumentHelp("Its private key, PEM, without a password.", valueName: "file"))
    var key: String?

    func validate() throws {
        if !tls, [ca, certificate, key].contains(where: { $0 != nil }) {
            throw ValidationError("--ca, --certificate and --key need --tls.")
        }
        guard (certificate == nil) == (key == nil) else {
            throw ValidationError("--certificate and --key are given together.")
        }
    }

    /// What protects the connection; nil for plain VTP.
    func shield() throws(VTPError) -> TLSClientShield? {
        guard tls else { return nil }
        var trust = TLSTrust.system
        if let ca { trust = try TLSTrust(path: ca) }
        var credentials: TLSCredentials?
        if let certificate, let key { credentials = try TLSCredentials(certificatePath: certificate, keyPath: key) }
        return try TLSClientShield(trust: trust, credentials: credentials)
    }
}
