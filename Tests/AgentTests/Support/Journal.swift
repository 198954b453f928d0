// SPDX-License-Identifier: Apache-2.0

import Logging
import Synchronization

/// A journal that a test can read, `level: message` a line, and wait for.
final class Journal: LogHandler {
    private let list = Mutex<[String]>([])
    private let follow: AsyncStream<String>
    private let continuation: AsyncStream<String>.Continuation

    init() { (follow, continuation) = AsyncStream.makeStream() }

    /// Everything so far.
    var lines: [String] { list.withLock { $0 } }
    /// Every line as it comes, from the first; for one reader.
    var stream: AsyncStream<String> { follow }
    var logger: Logger { Logger(label: "test") { _ in self } }

    var metadata: Logger.Metadata {
        get { [:] }
        // The lines alone are of interest.
        set { _ = newValue }
    }
    var logLevel: Logger.Level {
        get { .debug }
        set { _ = newValue }
    }
    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { nil }
        set { _ = newValue }
    }

    func log(event: LogEvent) {
        let line = "\(event.level): \(event.message)"
        list.withLock { $0.append(line) }
        continuation.yield(line)
    }
}
