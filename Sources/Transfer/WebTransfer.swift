// SPDX-License-Identifier: Apache-2.0

import CCurl

/// Fetches a resource with libcurl, which knows proxies and certificates of the system.
///
/// Certificates are checked; at most five redirections are followed, and only to https and http.
public struct WebTransfer: Sendable {
    /// Longest time for connecting, in seconds.
    public var connectSeconds = 30
    /// Longest time for all of it, in seconds.
    public var totalSeconds = 300
    /// Largest resource in bytes, once unpacked.
    public var maximumBytes: Int

    /// A transfer with the usual times.
    public init(maximumBytes: Int) { self.maximumBytes = maximumBytes }

    /// Fetches a resource, unless it is what the validators say; blocks the thread until the transfer has ended.
    ///
    /// - Parameter address: https, http or file.
    /// - Throws: `unreachable` or `tooLarge`.
    public func fetch(
        _ address: String, unless validators: WebValidators = WebValidators()
    ) throws(TransferError) -> WebAnswer {
        var transfer = ccurl_transfer()
        transfer.connect_seconds = connectSeconds
        transfer.total_seconds = totalSeconds
        WebTransfer.set(&transfer.etag, to: validators.etag)
        WebTransfer.set(&transfer.modified, to: validators.modified)
        var capacity = min(1 << 20, maximumBytes)
        while true {
            var count = 0
            var attempt = transfer
            var status: Int32 = 0
            let content = [UInt8](unsafeUninitializedCapacity: capacity) { space, initialized in
                guard let base = space.baseAddress else { return }
                status = ccurl_fetch(address, &attempt, base, capacity, &count)
                initialized = count
            }
            switch Int(status) {
            case Int(CCURL_DONE.rawValue):
                return .content(
                    content,
                    WebValidators(etag: WebTransfer.text(attempt.etag), modified: WebTransfer.text(attempt.modified)))
            case Int(CCURL_UNCHANGED.rawValue): return .unchanged
            case Int(CCURL_TOO_LARGE.rawValue) where capacity < maximumBytes: capacity = min(8 * capacity, maximumBytes)
            case Int(CCURL_TOO_LARGE.rawValue):
                throw TransferError(.tooLarge, place: address, message: "it has more than \(maximumBytes) bytes")
            default:
                throw TransferError(
                    .unreachable, place: address,
                    message: WebTransfer.text(attempt.error) ?? "it could not be fetched")
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
