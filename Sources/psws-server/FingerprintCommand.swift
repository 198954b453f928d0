// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Console
import JSON
import SecureVTP

/// `psws-server fingerprint`: by what the server knows the author who has a certificate.
struct FingerprintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fingerprint",
        abstract: "Tell the key of an author's certificate, for grants.",
        discussion: """
            Prints the lines of the configuration by which the server knows the author who submits over TLS with this \
            certificate. A certificate that is renewed with the same key needs no new ones. The certificate must also \
            be signed by an authority in the file tls.client_ca, or stand there itself.

            Try it:
              openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 365 -subj /CN=author \\
                -keyout author.key -out author.pem
              psws-server fingerprint --author 'Pic du Midi' --authority psws.irap author.pem
            """)

    @Argument(help: "The author's certificate, PEM.", completion: .file(extensions: ["pem", "crt"]))
    var certificate: String

    @Option(help: ArgumentHelp("Name of the author, for log and messages.", valueName: "name"))
    var author = "Author"

    @Option(help: ArgumentHelp("Naming authority that the author may use; may be repeated.", valueName: "authority"))
    var authority = ["psws.example"]

    func run() throws {
        let fingerprint = try KeyFingerprint(certificatePath: certificate)
        // JSON is YAML.
        StandardOutput.write(
            """
            access:
              grants:
                - name: \(JSONText.string(author))
                  keys: ["\(fingerprint.text)"]
                  authorities: \(JSONText.array(authority.map { .string($0) }))
            """)
    }
}
