// SPDX-License-Identifier: Apache-2.0

/// Times and displacements of the last thousands of frames, so that long tracks can be written out when their frames
/// are gone. A ring of constant size.
struct FrameRecords {
    private var records: [(frame: Int, record: EventBuilder.FrameRecord)] = []
    private var next = 0
    private static let capacity = 4096

    /// Adds the newest frame.
    mutating func append(frame: Int, _ record: EventBuilder.FrameRecord) {
        if records.count < FrameRecords.capacity {
            records.append((frame, record))
        } else {
            records[next] = (frame, record)
            next = (next + 1) % FrameRecords.capacity
        }
    }

    /// The record of a frame; without a time and displacement if it is not known any more.
    subscript(frame: Int) -> EventBuilder.FrameRecord {
        // Frames come in order, so the ring is sorted from `next` on.
        var low = 0
        var high = records.count
        while low < high {
            let middle = (low + high) / 2
            if records[(next + middle) % records.count].frame < frame { low = middle + 1 } else { high = middle }
        }
        guard low < records.count else { return .init(time: nil, displacement: .zero) }
        let found = records[(next + low) % records.count]
        return found.frame == frame ? found.record : .init(time: nil, displacement: .zero)
    }

    /// Tells that the background moved under the frames.
    mutating func modelMoved(columns: Int, rows: Int) {
        for index in records.indices { records[index].record.displacement -= SIMD2(Double(columns), Double(rows)) }
    }
}
