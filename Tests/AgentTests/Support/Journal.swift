// SPDX-License-Identifier: Apache-2.0

import Logging
import Synchronization

/// A journal that a test can read.
final class Journal: LogHandler {
    private let list = Mutex<[String]>([])
    /// Every line so far, as `level: message`.
    var lines: [String] { list.withLock { $0 } }
    /// A logger that writes here.
    var logger: Logger { Logger(label: "agent") { _ in self } }
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

    func log(event: LogEvent) { list.withLock { $0.append("\(event.level): \(event.message)") } }
}
