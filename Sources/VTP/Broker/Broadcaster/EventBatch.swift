// SPDX-License-Identifier: Apache-2.0

import NIOCore
import XML

/// A run of the log made ready for subscribers: framed and judged once, shared by all of them.
struct EventBatch: Sendable {
    /// One event of the run.
    private struct Entry: Sendable {
        let sequence: EventSequence
        /// Where the event's frame, its length included, stands among the frames.
        let frame: Range<Int>
    }

    /// Places of the log that the batch speaks for, those where nothing stands included.
    let places: ClosedRange<EventSequence>
    private let entries: [Entry]
    private let frames: ByteBuffer
    private let verdicts: [XPathFilter: FilterVerdict]

    /// A batch of events in their order.
    ///
    /// - Parameters:
    ///   - events: the events.
    ///   - first: the place from which on the batch speaks for the log, at most that of the first event.
    ///   - verdicts: what filters say of the events.
    /// - Returns: nil if there are no events, or one is too long to be framed.
    init?(_ events: [StoredEvent], from first: EventSequence, verdicts: [XPathFilter: FilterVerdict] = [:]) {
        guard let last = events.last, first <= last.sequence else { return nil }
        var entries: [Entry] = []
        var frames = ByteBuffer()
        frames.reserveCapacity(events.reduce(0) { $0 + FrameDecoder.headerBytes + $1.packet.count })
        for event in events {
            guard let length = UInt32(exactly: event.packet.count) else { return nil }
            let start = frames.writerIndex
            frames.writeInteger(length)
            frames.writeBytes(event.packet)
            entries.append(Entry(sequence: event.sequence, frame: start..<frames.writerIndex))
        }
        places = first...last.sequence
        self.entries = entries
        self.frames = frames
        self.verdicts = verdicts
    }

    /// True if all these filters were asked about the batch.
    func hasVerdicts(of filters: [XPathFilter]) -> Bool { filters.allSatisfy { verdicts[$0] != nil } }

    /// The filters among those given that are too costly to be asked.
    func tooCostly(among filters: [XPathFilter]) -> [XPathFilter] {
        filters.filter { verdicts[$0] == .tooCostly }
    }

    /// The frames of the events from `position` on that a subscriber wants; nil if there is none.
    ///
    /// What stands together is a slice of the shared bytes. A small part of them is copied instead: a subscriber that
    /// does not read would keep all of them in memory.
    func frames(from position: EventSequence, for filters: SubscriberFilters) -> ByteBuffer? {
        var runs: [Range<Int>] = []
        for (index, entry) in entries.enumerated()
        where entry.sequence >= position && filters.accept(index, verdicts: verdicts) {
            if let last = runs.last, last.upperBound == entry.frame.lowerBound {
                runs[runs.count - 1] = last.lowerBound..<entry.frame.upperBound
            } else {
                runs.append(entry.frame)
            }
        }
        guard let first = runs.first else { return nil }
        if runs.count == 1, 2 * first.count >= frames.readableBytes {
            return frames.getSlice(at: first.lowerBound, length: first.count)
        }
        var copy = ByteBuffer()
        copy.reserveCapacity(runs.reduce(0) { $0 + $1.count })
        for run in runs {
            if let part = frames.getSlice(at: run.lowerBound, length: run.count) { copy.writeImmutableBuffer(part) }
        }
        return copy
    }
}
