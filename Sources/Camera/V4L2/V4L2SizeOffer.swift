// SPDX-License-Identifier: Apache-2.0

/// A frame size, or a range of sizes, that a camera offers in one pixel format, with the rates at that size.
public struct V4L2SizeOffer: Sendable, Hashable {
    /// Columns; a single value for a camera with fixed sizes.
    public var widths: ClosedRange<Int>
    /// Rows; a single value for a camera with fixed sizes.
    public var heights: ClosedRange<Int>
    /// Columns between one possible width and the next; 1 for a single one.
    public var widthStep: Int
    /// Rows between one possible height and the next; 1 for a single one.
    public var heightStep: Int
    /// Frames per second, fastest first, or the two ends of a range; empty if the driver does not say.
    public var framesPerSecond: [Double]
    /// True if every rate between the ends of `framesPerSecond` is possible.
    public var isRateContinuous: Bool

    /// An offer from its parts.
    public init(
        widths: ClosedRange<Int>, heights: ClosedRange<Int>, widthStep: Int = 1, heightStep: Int = 1,
        framesPerSecond: [Double] = [], isRateContinuous: Bool = false
    ) {
        self.widths = widths
        self.heights = heights
        self.widthStep = max(widthStep, 1)
        self.heightStep = max(heightStep, 1)
        self.framesPerSecond = framesPerSecond
        self.isRateContinuous = isRateContinuous
    }

    /// True if a frame of this shape can be had.
    public func contains(width: Int, height: Int) -> Bool {
        widths.contains(width) && heights.contains(height) && (width - widths.lowerBound) % widthStep == 0
            && (height - heights.lowerBound) % heightStep == 0
    }

    /// True if the rate can be had, to 1 %, or if the driver does not say which rates there are.
    public func contains(framesPerSecond rate: Double) -> Bool {
        guard let fastest = framesPerSecond.max(), let slowest = framesPerSecond.min() else { return true }
        if isRateContinuous { return (slowest * 0.99...fastest * 1.01).contains(rate) }
        return framesPerSecond.contains { abs($0 - rate) <= 0.01 * rate }
    }
}

extension V4L2SizeOffer: CustomStringConvertible {
    /// For example `1280×720 at 30, 15, 5 frames/s`.
    public var description: String {
        var text = "\(widths.upperBound)×\(heights.upperBound)"
        if widths.count > 1 || heights.count > 1 {
            text = "\(widths.lowerBound)×\(heights.lowerBound) to \(text) in steps of \(widthStep)×\(heightStep)"
        }
        guard !framesPerSecond.isEmpty else { return text }
        let rates = framesPerSecond.map(shortDecimal)
        return text + " at " + rates.joined(separator: isRateContinuous ? " to " : ", ") + " frames/s"
    }
}

/// A number with at most two decimals and no trailing zeros.
func shortDecimal(_ value: Double) -> String {
    let hundredths = Int((min(max(value, -1e12), 1e12) * 100).rounded())
    let (whole, rest) = abs(hundredths).quotientAndRemainder(dividingBy: 100)
    let sign = hundredths < 0 ? "-" : ""
    if rest == 0 { return "\(sign)\(whole)" }
    return "\(sign)\(whole)." + (rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)")
}
