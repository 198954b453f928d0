// SPDX-License-Identifier: Apache-2.0

// Dispatch's sources may be used from any thread, but its Swift overlay does not say so.
@preconcurrency import Dispatch
import Glibc

/// SIGTERM and SIGINT, which ask the agent to end, and SIGHUP, which asks it to read its configuration again, as values.
///
/// swift-service-lifecycle would do the same; with swift-async-algorithms, on which it stands, it makes the agent a
/// megabyte larger.
struct ServiceSignals: Sendable {
    /// The signals as they come, by number.
    let stream: AsyncStream<Int32>

    /// Begins to take the signals; a signal that comes after this returns is never lost. Before, it ends the process.
    init() async {
        let (stream, continuation) = AsyncStream<Int32>.makeStream()
        self.stream = stream
        let numbers = [SIGTERM, SIGINT, SIGHUP]
        let sources = numbers.map { DispatchSource.makeSignalSource(signal: $0) }
        for (source, number) in zip(sources, numbers) {
            source.setEventHandler { continuation.yield(number) }
            // Dispatch puts its handler in place on a thread of its own, after `resume` has returned. Until then the
            // signal keeps its usual meaning: one that were ignored in between would be lost.
            await withCheckedContinuation { registered in
                source.setRegistrationHandler { registered.resume() }
                source.resume()
            }
        }
        // The sources live as long as somebody listens.
        continuation.onTermination = { _ in
            for source in sources { source.cancel() }
        }
    }
}
