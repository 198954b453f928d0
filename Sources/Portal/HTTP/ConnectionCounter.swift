// SPDX-License-Identifier: Apache-2.0

import Synchronization
import VTP

/// Counts the connections of each address; this machine's own are not counted.
final class ConnectionCounter: Sendable {
    private let counts = Mutex<[IPAddress: Int]>([:])

    /// Counts one more, unless there are `limit` already; false if so.
    func admit(_ address: IPAddress?, limit: Int) -> Bool {
        guard let address, !address.isLoopback else { return true }
        return counts.withLock { counts in
            guard counts[address, default: 0] < limit else { return false }
            counts[address, default: 0] += 1
            return true
        }
    }

    /// Counts one less.
    func forget(_ address: IPAddress?) {
        guard let address, !address.isLoopback else { return }
        counts.withLock { counts in
            guard let count = counts[address] else { return }
            counts[address] = count > 1 ? count - 1 : nil
        }
    }
}
