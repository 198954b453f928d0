// SPDX-License-Identifier: Apache-2.0

import Alerts
import Synchronization
import Transfer
import UTC

/// A feed of a quiet solar wind with at most one compression, which a test changes while rounds go by.
final class WindFeed: FeedSource {
    struct Compression: Sendable {
        /// Hours before `end` at which it begins.
        var hoursBeforeEnd: Int
        var hours = 12
        var density = 40.0
    }

    struct State: Sendable {
        var compression: Compression?
        var failure: AlertError?
        /// Nothing new is said while it does not change.
        var version = 1
        var fetches = 0
    }

    let state: Mutex<State>
    /// Hour after the last measurement.
    let end: UTCInstant
    private static let days = 100

    init(end: UTCInstant, compression: Compression?) {
        self.end = end
        state = Mutex(State(compression: compression))
    }

    func change(_ body: (inout State) -> Void) {
        state.withLock { state in
            body(&state)
            state.version += 1
        }
    }

    func fetch(_ feed: Feed, unless validators: WebValidators) async throws(AlertError) -> WebAnswer {
        let state = state.withLock { state in
            state.fetches += 1
            return state
        }
        if let failure = state.failure { throw failure }
        let tag = "\(state.version)"
        return validators.etag == tag
            ? .unchanged : .content(content(state.compression), WebValidators(etag: tag))
    }

    /// The older form of SWPC's JSON, hour by hour.
    private func content(_ compression: Compression?) -> [UInt8] {
        var rows = ["[\"time_tag\",\"density\",\"speed\",\"temperature\"]"]
        let count = 24 * WindFeed.days
        for hour in 0..<count {
            let before = count - hour
            let isInside = compression.map { (($0.hoursBeforeEnd - $0.hours)..<$0.hoursBeforeEnd).contains(before - 1) }
            let density = isInside == true ? compression?.density ?? 5 : 5
            let time = end.advanced(bySeconds: -3600 * Double(before)).iso8601(fractionDigits: 3)
                .dropLast().map { $0 == "T" ? " " : $0 }
            rows.append("[\"\(String(time))\",\"\(density)\",\"400\",\"80000\"]")
        }
        return Array("[\(rows.joined(separator: ",\n"))]".utf8)
    }
}
