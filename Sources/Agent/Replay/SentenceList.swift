// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Sentences for the operator, as they come in from several tasks.
final class SentenceList: Sendable {
    private let list = Mutex<[String]>([])

    /// The sentences so far.
    var sentences: [String] { list.withLock { $0 } }

    /// One more.
    func add(_ sentence: String) { list.withLock { $0.append(sentence) } }
}
