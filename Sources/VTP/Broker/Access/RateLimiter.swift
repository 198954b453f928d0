// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Synchronization

/// Counts what each address does: so much at once, and so much in a minute over longer times (a token bucket).
///
/// Addresses that are idle long enough to have their full allowance again are forgotten, so that a scan of a whole
/// network costs no memory for long.
public final class RateLimiter: Sendable {
    private struct Bucket {
        var tokens: Double
        var time: NIODeadline
    }

    /// Addresses that are remembered before idle ones are looked for.
    private static let comfortable = 1024

    private let buckets = Mutex<(byAddress: [IPAddress: Bucket], nextSweep: Int)>(([:], comfortable))

    /// A counter that knows no address yet.
    public init() {}

    /// Takes one from an address's allowance; false if there is none left. This machine's own addresses have no limit.
    ///
    /// - Parameters:
    ///   - address: who asks; nil, of no network, is not limited.
    ///   - perMinute: allowance over longer times; 0: any number.
    ///   - burst: allowance at once after a pause.
    ///   - now: the time.
    public func allows(_ address: IPAddress?, perMinute: Double, burst: Int, now: NIODeadline) -> Bool {
        guard let address, !address.isLoopback, perMinute > 0 else { return true }
        return buckets.withLock { buckets in
            if buckets.byAddress.count >= buckets.nextSweep {
                buckets.byAddress = buckets.byAddress.filter {
                    RateLimiter.tokens($0.value, perMinute, burst, now) < Double(burst)
                }
                buckets.nextSweep = max(RateLimiter.comfortable, 2 * buckets.byAddress.count)
            }
            let bucket = buckets.byAddress[address] ?? Bucket(tokens: Double(burst), time: now)
            let tokens = RateLimiter.tokens(bucket, perMinute, burst, now)
            let isAllowed = tokens >= 1
            buckets.byAddress[address] = Bucket(tokens: isAllowed ? tokens - 1 : tokens, time: now)
            return isAllowed
        }
    }

    /// Addresses that are remembered.
    var rememberedAddresses: Int { buckets.withLock { $0.byAddress.count } }

    private static func tokens(_ bucket: Bucket, _ perMinute: Double, _ burst: Int, _ now: NIODeadline) -> Double {
        let seconds = Double((now - bucket.time).nanoseconds) / 1e9
        return min(Double(burst), bucket.tokens + seconds * perMinute / 60)
    }
}
