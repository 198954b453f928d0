// SPDX-License-Identifier: Apache-2.0

import Crypto

/// A secret that an author sends with each event: 256 random bits, so that a plain hash of it keeps it safe.
public struct AccessToken: Sendable {
    /// What the author sends, `psws_` and 64 hexadecimal digits.
    public let text: String

    /// A new token.
    ///
    /// - Parameter generator: must be cryptographically secure, as the system's is.
    public init(using generator: inout some RandomNumberGenerator) {
        let words = (0..<4).map { _ in UInt64.random(in: .min ... .max, using: &generator) }
        text =
            "psws_"
            + words.map { word in
                let digits = String(word, radix: 16)
                return String(repeating: "0", count: 16 - digits.count) + digits
            }.joined()
    }

    /// What the configuration knows of the token: its SHA-256 in hexadecimal.
    public var sha256: String {
        AccessToken.hash(text).map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }

    static func hash(_ text: some StringProtocol) -> [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}
