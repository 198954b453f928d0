// SPDX-License-Identifier: Apache-2.0

import CCurl
import NIOPosix

/// Fetches feeds with libcurl, which knows proxies and certificates of the system.
public struct CurlFeedSource: FeedSource {
    /// Largest feed in bytes, once unpacked: a month of minutes in JSON has 20 MB.
    public static let maximumBytes = 64 << 20
    private static let connectSeconds = 30
    private static let totalSeconds = 300

    private let threads: NIOThreadPool

    /// A source whose transfers block these threads.
    public init(threads: NIOThreadPool) { self.threads = threads }

    /// Fetches a feed; blocks one of the threads meanwhile.
    ///
    /// - Throws: `unreachable` or `tooLarge`.
    public func fetch(_ feed: Feed, unless validators: FeedValidators) async throws(AlertError) -> FeedAnswer {
        let result: Result<FeedAnswer, AlertError>
        do {
            result = try await threads.runIfActive {
                do throws(AlertError) {
                    return .success(try CurlFeedSource.fetchNow(feed, unless: validators))
                } catch {
                    return .failure(error)
                }
            }
        } catch {
            throw AlertError(.unreachable, place: feed.name, message: "the server is ending")
        }
        return try result.get()
    }

    /// Blocks until the transfer has ended.
    private static func fetchNow(_ feed: Feed, unless validators: FeedValidators) throws(AlertError) -> FeedAnswer {
        var transfer = ccurl_transfer()
        transfer.connect_seconds = connectSeconds
        transfer.total_seconds = totalSeconds
        set(&transfer.etag, to: validators.etag)
        set(&transfer.modified, to: validators.modified)
        var capacity = 1 << 20
        while true {
            var count = 0
            var attempt = transfer
            var status: Int32 = 0
            let content = [UInt8](unsafeUninitializedCapacity: capacity) { space, initialized in
                guard let base = space.baseAddress else { return }
                status = ccurl_fetch(feed.address, &attempt, base, capacity, &count)
                initialized = count
            }
            switch Int(status) {
            case Int(CCURL_DONE.rawValue):
                return .content(content, FeedValidators(etag: text(attempt.etag), modified: text(attempt.modified)))
            case Int(CCURL_UNCHANGED.rawValue): return .unchanged
            case Int(CCURL_TOO_LARGE.rawValue) where capacity < maximumBytes: capacity = min(8 * capacity, maximumBytes)
            case Int(CCURL_TOO_LARGE.rawValue):
                throw AlertError(.tooLarge, place: feed.name, message: "it has more than \(maximumBytes) bytes")
            default:
                throw AlertError(
                    .unreachable, place: feed.name, message: text(attempt.error) ?? "it could not be fetched",
                    remedy: "look at predictions.feeds and at the network")
            }
        }
    }

    /// The text in a C array; nil if it is empty.
    private static func text<Characters>(_ characters: Characters) -> String? {
        let bytes = withUnsafeBytes(of: characters) { Array($0.prefix { $0 != 0 }) }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    /// Writes a text into a C array; one that is too long is left out.
    private static func set<Characters>(_ characters: inout Characters, to text: String?) {
        guard let text else { return }
        withUnsafeMutableBytes(of: &characters) { bytes in
            guard text.utf8.count < bytes.count else { return }
            bytes.copyBytes(from: text.utf8)
        }
    }
}
