// SPDX-License-Identifier: Apache-2.0

import Logging
import ServiceLifecycle
import UTC

/// Removes events that are older than they are to be kept, once an hour.
struct RetentionService: Service {
    private static let interval = Duration.seconds(3600)

    let archive: EventArchive
    /// How long events are kept; nil: for ever.
    let retentionSeconds: Double?
    let logger: Logger

    func run() async throws {
        guard let retentionSeconds else {
            try? await gracefulShutdown()
            return
        }
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    let count = try await archive.removeEvents(
                        receivedBefore: UTCInstant.now().advanced(bySeconds: -retentionSeconds))
                    if count > 0 { logger.notice("old events removed", metadata: ["count": "\(count)"]) }
                } catch {
                    logger.error("old events could not be removed", metadata: ["reason": "\(error)"])
                }
                try? await Task.sleep(for: Self.interval)
            }
        }
    }
}
