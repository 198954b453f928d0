// SPDX-License-Identifier: Apache-2.0

/// What tells a server that its resource is known already.
public struct FeedValidators: Sendable, Hashable {
    /// The answer's `ETag`.
    public var etag: String?
    /// The answer's `Last-Modified`.
    public var modified: String?

    /// Validators.
    public init(etag: String? = nil, modified: String? = nil) {
        self.etag = etag
        self.modified = modified
    }
}

/// What a feed has to say.
public enum FeedAnswer: Sendable, Hashable {
    /// Its content, and by what it is known again.
    case content([UInt8], FeedValidators)
    /// Nothing new since the validators.
    case unchanged
}

/// Fetches feeds.
public protocol FeedSource: Sendable {
    /// Fetches a resource, unless it is what the validators say.
    ///
    /// - Throws: `unreachable` or `tooLarge`.
    func fetch(_ feed: Feed, unless validators: FeedValidators) async throws(AlertError) -> FeedAnswer
}
