// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection

/// Which pixels of which frames are kept of an event.
///
/// A long track first loses resolution, by binning, until at least 16 frames fit into the limit; then it loses frames,
/// by a step that keeps the first, the brightest and the last frame whatever it is. Both are written into the files.
struct EvidencePlan: Sendable, Hashable {
    /// Format of the frames that the event was found in.
    let format: FrameFormat
    /// What is cut out, in pixels of the camera; both sides are multiples of `binning`.
    let region: PixelRegion
    /// Side of the square of camera pixels that is averaged into one; 1 for none.
    let binning: Int
    /// Every how many frames one is kept; 1 for all.
    let step: Int
    /// Frames that may be kept, from the first before the event to the last after it.
    let frameRange: ClosedRange<Int>

    private let first: Int
    private let peak: Int
    private let last: Int

    init(event: DetectedEvent, format: FrameFormat, limits: EvidenceLimits) {
        self.format = format
        // Half of the range of numbers on both sides leaves room for every sum and difference below.
        let numbers = 0...(Int.max / 4)
        first = event.frameFirst.clamped(to: numbers)
        last = max(event.frameLast.clamped(to: numbers), first)
        peak = event.framePeak.clamped(to: first...last)
        let context = 0...100_000
        frameRange =
            max(0, first - limits.framesBefore.clamped(to: context))...(last + limits.framesAfter.clamped(to: context))

        let surroundings = EvidencePlan.surroundings(of: event, in: format, limits: limits)
        let (width, height) = (surroundings.width, surroundings.height)
        let clipBytes = max(limits.clipBytes, 64 << 10)
        let wanted = frameRange.count
        var binning = 1
        while binning < min(width, height),
            (width / binning) * (height / binning) * format.bytesPerSample * min(wanted, 16) > clipBytes
        {
            binning += 1
        }
        region =
            PixelRegion(
                column: surroundings.column, row: surroundings.row, width: width - width % binning,
                height: height - height % binning, within: format) ?? surroundings
        self.binning = binning

        let frameBytes = (width / binning) * (height / binning) * format.bytesPerSample
        // Two places are set aside for the peak and the last frame, which the step may jump over.
        let capacity = max(clipBytes / frameBytes, 3)
        step = wanted <= capacity ? 1 : (wanted + capacity - 4) / (capacity - 2)
    }

    /// True if the frame of this number belongs to the evidence.
    func wants(_ index: Int) -> Bool {
        guard frameRange.contains(index) else { return false }
        return (index - first) % step == 0 || index == peak || index == last
    }

    /// Number of frames that `wants` is true for.
    var wantedCount: Int {
        let before = (first - frameRange.lowerBound) / step
        let fromFirst = (frameRange.upperBound - first) / step + 1
        let besides = Set([peak, last]).count { ($0 - first) % step != 0 }
        return before + fromFirst + besides
    }

    /// The bounding box of the track with the margin around it, widened to the least side and moved into the frame.
    private static func surroundings(
        of event: DetectedEvent, in format: FrameFormat, limits: EvidenceLimits
    ) -> PixelRegion {
        let points = event.track.map { ($0.x, $0.y) } + [(event.x, event.y)]
        let places = points.filter { $0.0.isFinite && $0.1.isFinite }
        let columns = extent(of: places.map(\.0), within: format.width, limits: limits)
        let rows = extent(of: places.map(\.1), within: format.height, limits: limits)
        return PixelRegion(
            aroundColumn: columns.middle, row: rows.middle, width: columns.count, height: rows.count, within: format)
    }

    /// Middle and number of pixels along one axis.
    private static func extent(
        of coordinates: [Double], within size: Int, limits: EvidenceLimits
    ) -> (middle: Int, count: Int) {
        let onFrame = coordinates.map { Int($0.rounded().clamped(to: 0...Double(size - 1))) }
        let low = onFrame.min() ?? size / 2
        let high = onFrame.max() ?? size / 2
        let margin = limits.marginPixels.clamped(to: 0...size)
        return ((low + high + 1) / 2, max(high - low + 1 + 2 * margin, limits.minimumSidePixels))
    }
}
