// SPDX-License-Identifier: Apache-2.0

import Camera

/// The last frames of a stream, within a budget of bytes, for events that are reported after they are over.
///
/// Three quarters of the budget hold every frame. The last quarter reaches further back with gaps that grow with age,
/// so that a long meteor, reported at its end, still has frames of its beginning. Frames are held, not copied.
public struct FrameHistory: Sendable {
    /// Greatest sum of the sizes of the frames, in bytes. The newest frame is held even if it alone is larger.
    public let byteBudget: Int
    /// Bytes of the frames that are held.
    public private(set) var byteCount = 0

    private var frames: [Frame] = []

    /// An empty history.
    public init(byteBudget: Int) {
        self.byteBudget = byteBudget
    }

    /// Numbers of the oldest and the newest frame; nil while empty. Between them frames may be missing.
    public var indexRange: ClosedRange<Int>? {
        guard let first = frames.first, let last = frames.last else { return nil }
        return first.index...last.index
    }

    /// Number of frames held.
    public var frameCount: Int { frames.count }

    /// Takes the next frame and lets older ones go.
    ///
    /// A frame of another format, or with a number that is not higher, begins a new stream: the old one is forgotten.
    public mutating func append(_ frame: Frame) {
        if let last = frames.last, last.format != frame.format || last.index >= frame.index { removeAll() }
        frames.append(frame)
        byteCount += frame.format.byteCount
        while byteCount > byteBudget, frames.count > 1 {
            byteCount -= frames.remove(at: leastNeeded()).format.byteCount
        }
    }

    /// Forgets all frames.
    public mutating func removeAll() {
        frames.removeAll(keepingCapacity: true)
        byteCount = 0
    }

    /// The frame with a number, if it is still held.
    public func frame(at index: Int) -> Frame? {
        let position = lowerBound(index)
        return position < frames.count && frames[position].index == index ? frames[position] : nil
    }

    /// The frames that are held of a range of numbers, oldest first.
    public func frames(in range: ClosedRange<Int>) -> ArraySlice<Frame> {
        frames[lowerBound(range.lowerBound)..<lowerBound(range.upperBound + 1)]
    }

    /// Position of the older frame that leaves the smallest gap for its age when it goes; the oldest frame once every
    /// gap would be wider than its age.
    private func leastNeeded() -> Int {
        let sparse = frames.count / 4
        guard sparse >= 2, let newest = frames.last?.index else { return 0 }
        var best = 0
        var bestCost = 1.0
        for position in 1...sparse {
            let gap = frames[position + 1].index - frames[position - 1].index
            let cost = Double(gap) / Double(newest - frames[position].index)
            if cost < bestCost { (best, bestCost) = (position, cost) }
        }
        return best
    }

    private func lowerBound(_ index: Int) -> Int {
        var low = 0
        var high = frames.count
        while low < high {
            let middle = (low + high) / 2
            if frames[middle].index < index { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
