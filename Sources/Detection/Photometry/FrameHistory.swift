// SPDX-License-Identifier: Apache-2.0

import Camera

/// The last frames with their alignments: an event's beginning is measured after it has been noticed.
///
/// Frames are held, not copied. Their buffers go back to the pool when they leave the history.
struct FrameHistory {
    /// A frame and how it lay against the background.
    struct Entry {
        var frame: Frame
        var alignment: SceneAlignment
    }

    private var entries: [Entry] = []
    private var oldest = 0
    private let capacity: Int

    /// Most memory that held frames may take, in bytes.
    private static let byteLimit = 24 << 20

    /// A history of at most `wanted` frames, fewer if they are large, at least eight.
    init(wanted: Int, format: FrameFormat) {
        capacity = max(8, min(wanted, FrameHistory.byteLimit / max(format.byteCount, 1)))
        entries.reserveCapacity(capacity)
    }

    /// Number of frames held.
    var count: Int { entries.count }

    /// Adds the newest frame and lets go of the oldest.
    mutating func append(_ entry: Entry) {
        if entries.count < capacity {
            entries.append(entry)
        } else {
            entries[oldest] = entry
            oldest = (oldest + 1) % capacity
        }
    }

    /// The entry at a position, 0 = oldest.
    subscript(position: Int) -> Entry { entries[(oldest + position) % entries.count] }

    /// The entry of a frame by its number, if it is still held.
    func entry(ofFrame number: Int) -> Entry? { entries.first { $0.frame.index == number } }

    /// Lets go of all frames.
    mutating func removeAll() {
        entries.removeAll(keepingCapacity: true)
        oldest = 0
    }

    /// Tells that the background moved under the frames.
    mutating func modelMoved(columns: Int, rows: Int) {
        for index in entries.indices {
            entries[index].alignment.displacement -= SIMD2(Double(columns), Double(rows))
        }
    }
}
