// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Synchronization

/// How many requests were answered, by the kind of the answer.
final class RequestCounts: Sendable {
    private let counts = Mutex<[Int: Int]>([:])

    func count(_ status: HTTPResponse.Status) { counts.withLock { $0[status.code / 100, default: 0] += 1 } }

    /// `2xx` and so on, with the number of answers.
    var byKind: [(kind: String, count: Int)] {
        let counts = counts.withLock { $0 }
        return (2...5).map { ("\($0)xx", counts[$0] ?? 0) }
    }
}
