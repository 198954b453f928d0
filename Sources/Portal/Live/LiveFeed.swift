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

    let archive: EventArchive
    let filter: EventFilter
    /// The place from which on events are wanted.
    let next: EventSequence

    /// Writes until the client is gone, or the server shuts down.
    func write(to writer: inout any ResponseBodyWriter) async throws {
        var next = next
        // The first line tells the client how soon to come back, and that it is heard.
        try await writer.write(ByteBuffer(string: "retry: 5000\n\n"))
        for await wake in wakes() {
            var hasWritten = false
            while true {
                let events = try await archive.listed(from: next, limit: LiveFeed.batch)
                guard let last = events.last else { break }
                let text = events.filter(filter.matches).map(LiveFeed.message).joined()
                if !text.isEmpty {
                    try await writer.write(ByteBuffer(string: text))
                    hasWritten = true
                }
                next = last.sequence + 1
                guard events.count == LiveFeed.batch, !Task.isShuttingDownGracefully else { break }
            }
            if wake == .silence, !hasWritten { try await writer.write(ByteBuffer(string: ":\n\n")) }
        }
    }

    private static func message(_ event: ArchivedEvent) -> String {
        "id: \(event.sequence)\nevent: voevent\ndata: \(event.json)\n\n"
    }

    private enum Wake {
        /// The archive has grown.
        case growth
        /// It may be long since something was written.
        case silence
    }

    /// When to look for events; ends when the server shuts down.
    private func wakes() -> some AsyncSequence<Wake, Never> {
        let (stream, continuation) = AsyncStream.makeStream(of: Wake.self, bufferingPolicy: .bufferingNewest(1))
        let tail = archive.tail()
        let growth = Task { for await _ in tail { continuation.yield(.growth) } }
        let silence = Task {
            while !Task.isCancelled {
                try await Task.sleep(for: LiveFeed.silence)
                continuation.yield(.silence)
            }
        }
        continuation.onTermination = { _ in
            growth.cancel()
            silence.cancel()
        }
        return stream.cancelOnGracefulShutdown()
    }
}
