// SPDX-License-Identifier: Apache-2.0

public import Transfer

/// Fetches feeds.
public protocol FeedSource: Sendable {
    /// Fetches a resource, unless it is what the validators say.
    ///
    /// - Throws: `unreachable` or `tooLarge`.
    func fetch(_ feed: Feed, unless validators: WebValidators) async throws(AlertError) -> WebAnswer
}
