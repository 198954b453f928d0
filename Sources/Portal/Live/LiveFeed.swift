// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Server
import ServiceLifecycle
import VTP

/// Feeds one client from the archive: what it missed, then what comes.
///
/// Nothing is kept for a client. It is read for when it has taken what was read before, so that one that does not read
/// costs no memory, however long the stream.
struct LiveFeed: Sendable {
    /// Events that are read at once.
    private static let batch = 64
    /// Silence after which a comment tells that the line still stands; proxies cut a line after a minute.
    private static let silence = Duration.seconds(15)
    /// Pause after events were written: what comes in a burst comes together, and costs one look into the archive.
    private static let pause = Duration.milliseconds(100)

    let archive: EventArchive
    let filter: EventFilter
    /// The place from which on events are wanted.
    let next: EventSequence

    /// Writes until the client is gone, or the server shuts down.
    func write(to writer: inout any ResponseBodyWriter) async throws {
        var next = next
        // The first line tells the client how soon to come back, and that it is heard.
        try await writer.write(ByteBuffer(string: "retry: 5000\n\n"))
        var lastWritten = ContinuousClock.now
        for await _ in wakes() {
            while true {
                let events = try await archive.listed(from: next, limit: LiveFeed.batch)
                guard let last = events.last else { break }
                let text = events.filter(filter.matches).map(LiveFeed.message).joined()
                if !text.isEmpty {
                    try await writer.write(ByteBuffer(string: text))
                    lastWritten = .now
                }
                next = last.sequence + 1
                guard events.count == LiveFeed.batch, !Task.isShuttingDownGracefully else { break }
            }
            if ContinuousClock.now - lastWritten >= LiveFeed.silence {
                try await writer.write(ByteBuffer(string: ":\n\n"))
                lastWritten = .now
            }
            try await Task.sleep(for: LiveFeed.pause)
        }
    }

    private static func message(_ event: ArchivedEvent) -> String {
        "id: \(event.sequence)\nevent: voevent\ndata: \(event.json)\n\n"
    }

    /// When to look for events: when the archive has grown, and from time to time. Ends when the server shuts down.
    private func wakes() -> some AsyncSequence<Void, Never> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let tail = archive.tail()
        let growth = Task { for await _ in tail { continuation.yield() } }
        let silence = Task {
            while !Task.isCancelled {
                try await Task.sleep(for: LiveFeed.silence)
                continuation.yield()
            }
        }
        continuation.onTermination = { _ in
            growth.cancel()
            silence.cancel()
        }
        return stream.cancelOnGracefulShutdown()
    }
}
