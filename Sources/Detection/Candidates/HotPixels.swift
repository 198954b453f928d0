// SPDX-License-Identifier: Apache-2.0

/// Counts sharp spots on the sensor: a pixel that is hit again and again is hot or flickers, it is not the sky.
struct HotPixels {
    private struct Record {
        var hits: Int
        var lastFrame: Int
    }

    private var records: [Int: Record] = [:]
    private let width: Int
    /// Hits at different times that make a pixel hot. The chance that particles hit one pixel this often is nil.
    private static let hitsToMask = 3
    private static let capacity = 4096

    init(width: Int) { self.width = width }

    /// Notes a sharp spot; returns true if its pixel should be ignored from now on.
    mutating func note(column: Int, row: Int, frame: Int) -> Bool {
        let key = row * width + column
        if records.count >= HotPixels.capacity { records.removeAll(keepingCapacity: true) }
        var record = records[key] ?? Record(hits: 0, lastFrame: -2)
        // A particle's glow in the next frame is the same hit.
        if frame - record.lastFrame > 1 { record.hits += 1 }
        record.lastFrame = frame
        records[key] = record
        return record.hits >= HotPixels.hitsToMask
    }
}
