// SPDX-License-Identifier: Apache-2.0

import VTP

/// A secret that tells who an author is; only its hash is known here.
public struct AuthorToken: Sendable, Hashable {
    /// SHA-256 of the token's text, 32 bytes.
    public let sha256: [UInt8]
    /// Who has the token, and what it may publish.
    public let author: KnownAuthor

    /// A token from its parts.
    public init(sha256: [UInt8], author: KnownAuthor) {
        self.sha256 = sha256
        self.author = author
    }
}
