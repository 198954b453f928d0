// SPDX-License-Identifier: Apache-2.0

import NIOPosix
import Transfer

/// Fetches feeds over the web, on threads that may block.
public struct CurlFeedSource: FeedSource {
    /// Largest feed in bytes, once unpacked: a month of minutes in JSON has 20 MB.
    public static let maximumBytes = 64 << 20

    private let threads: NIOThreadPool

    /// A source whose transfers block these threads.
    public init(threads: NIOThreadPool) { self.threads = threads }

    /// Fetches a feed; blocks one of the threads meanwhile.
    ///
    /// - Throws: `unreachable` or `tooLarge`.
    public func fetch(_ feed: Feed, unless validators: WebValidators) async throws(AlertError) -> WebAnswer {
        let result: Result<WebAnswer, TransferError>
        do {
            result = try await threads.runIfActive {
                Result { () throws(TransferError) in
                    try WebTransfer(maximumBytes: CurlFeedSource.maximumBytes).fetch(feed.address, unless: validators)
                }
            }
        } catch {
            throw AlertError(.unreachable, place: feed.name, message: "the server is ending")
        }
        switch result {
        case .success(let answer): return answer
        case .failure(let error) where error.code == .tooLarge:
            throw AlertError(.tooLarge, place: feed.name, message: error.message)
        case .failure(let error):
            throw AlertError(
                .unreachable, place: feed.name, message: error.message,
                remedy: "look at predictions.feeds and at the network")
        }
    }
}
