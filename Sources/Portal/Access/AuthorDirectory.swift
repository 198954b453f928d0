// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Server
import VTP

/// Who may submit, by the token it bears.
struct AuthorDirectory: Sendable {
    let tokens: [AuthorToken]

    /// The author whose token a request bears.
    ///
    /// - Throws: 401 if it bears none, or one that is not known.
    func author(of request: Request) throws(Problem) -> KnownAuthor {
        let fields = request.headers[values: .authorization]
        let words = fields.first?.split(separator: " ") ?? []
        guard fields.count == 1, words.count == 2, words[0].lowercased() == "bearer" else {
            throw refusal("this needs one header 'Authorization: Bearer TOKEN'", #"Bearer realm="psws""#)
        }
        guard let author = author(bearing: words[1]) else {
            throw refusal("this token is not known", #"Bearer realm="psws", error="invalid_token""#)
        }
        return author
    }

    /// The author with a token. How long this takes tells nothing of how near a guess was: hashes are compared, each to
    /// its end, and all of them.
    private func author(bearing text: Substring) -> KnownAuthor? {
        let hash = AccessToken.hash(text)
        var found: KnownAuthor?
        for token in tokens where AuthorDirectory.areEqual(token.sha256, hash) { found = token.author }
        return found
    }

    private static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | $1.0 ^ $1.1 } == 0
    }

    private func refusal(_ detail: String, _ challenge: String) -> Problem {
        Problem(.unauthorized, detail, headers: [.wwwAuthenticate: challenge])
    }
}
