// SPDX-License-Identifier: Apache-2.0

import UTC
import VTP

/// How a centre does: what people ask first when no event comes.
public struct CentreHealth: Sendable {
    /// Streams that are told at most.
    static let maximumStreams = 100
    /// Free space under which the archive is said to be full, in bytes.
    static let minimumFreeBytes: Int64 = 16 << 20

    /// When this was found out.
    public let time: UTCInstant
    /// Why events cannot be stored; nil if they can.
    public let archiveFault: String?
    /// Space left for the archive, in bytes; nil if that cannot be told.
    public let archiveFreeBytes: Int64?
    /// Place of the newest event.
    public let newestSequence: EventSequence
    /// The streams that were heard last, newest first.
    public let streams: [StreamReception]
    /// How the subscriptions to other brokers do.
    public let upstreams: [UpstreamState]
    /// How the broker does.
    public let broker: BrokerFigures
}

extension Centre {
    /// Asks all parts how they do. It costs some reads of the archive's index.
    public func health() async -> CentreHealth {
        let figures = broker.figures
        let free = archive.freeBytes
        var fault = figures.storageFailure
        if let free, free < CentreHealth.minimumFreeBytes { fault = "the disk is full" }
        var newest: EventSequence = 0
        var streams: [StreamReception] = []
        do {
            newest = try await archive.newestSequence()
            streams = try await archive.streamReceptions(limit: CentreHealth.maximumStreams)
        } catch {
            fault = "the archive cannot be read"
        }
        return CentreHealth(
            time: .now(), archiveFault: fault, archiveFreeBytes: free, newestSequence: newest, streams: streams,
            upstreams: upstreams, broker: figures)
    }
}
