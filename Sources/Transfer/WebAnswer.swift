// SPDX-License-Identifier: Apache-2.0

/// What tells a server that its resource is known already.
///
/// - Reference: RFC 9110, section 8.8.
public struct WebValidators: Sendable, Hashable {
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

/// What a resource has to say.
public enum WebAnswer: Sendable, Hashable {
    /// Its content, and by what it is known again.
    case content([UInt8], WebValidators)
    /// Nothing new since the validators.
    case unchanged
}
