// SPDX-License-Identifier: Apache-2.0

// Dispatch's sources may be used from any thread, but its Swift overlay does not say so.
@preconcurrency import Dispatch
import Glibc

/// SIGTERM and SIGINT as values: who asks the agent to end gets a clean end.
///
/// swift-service-lifecycle would do the same; with swift-async-algorithms, on which it stands, it makes the agent a
/// megabyte larger.
struct TerminationSignals: Sendable {
    /// The signals as they come, by number.
    let stream: AsyncStream<Int32>

    /// Begins to take the signals; from now on they no longer end the process by themselves.
    init() {
        let (stream, continuation) = AsyncStream<Int32>.makeStream()
        self.stream = stream
        let sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { continuation.yield(number) }
            source.resume()
            return source
        }
        // The sources live as long as somebody listens.
        continuation.onTermination = { _ in
            for source in sources { source.cancel() }
        }
    }
}
