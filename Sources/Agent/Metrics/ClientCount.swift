// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Synchronization

/// Counts the connections of a server, so that there are never too many.
final class ClientCount: Sendable {
    private let limit: Int
    private let count = Mutex(0)

    init(limit: Int) { self.limit = limit }

    /// Counts a connection until it is closed.
    ///
    /// - Returns: false if there are as many as there may be.
    func enter(_ client: any Channel) -> Bool {
        let isWelcome = count.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
        if isWelcome { client.closeFuture.whenComplete { _ in self.count.withLock { $0 -= 1 } } }
        return isWelcome
    }
}
