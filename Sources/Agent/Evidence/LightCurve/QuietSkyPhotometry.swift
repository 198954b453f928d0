// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection

#if canImport(Glibc)
    import Glibc
#endif

/// Measures the place of an event in the frames before and after it, where nothing is expected.
///
/// Given: the clip and the event's place, point-spread width and noise. Returned: flux as the amplitude of a Gaussian
/// of unit sum, `Σ p d / Σ p²`, where `d` is the frame less the mean of the frames before the event and less the median
/// of the pixels around; its error is `noise / √Σ p²`. The mean frame takes away stars, the limb and the gradient of
/// earthshine, the median the changes of the sky.
/// Notes: a moving event is measured at its first place before and at its last place after. Binned clips, and places
/// within a point-spread width of the clip's edge, are not measured.
/// Reference: T. Naylor, MNRAS 296, 339 (1998), optimal weights for uniform noise.
struct QuietSkyPhotometry {
    let points: [LightCurve.Point]

    init(event: DetectedEvent, clip: FrameClip) {
        let quiet = clip.frames.filter { $0.index < event.frameFirst || $0.index > event.frameLast }
        let before = quiet.filter { $0.index < event.frameFirst }
        // Two frames are too few for a mean that takes nothing from what is measured.
        let reference = before.count >= 3 ? before : quiet
        guard clip.binning == 1, clip.sourceFormat.colorFilter == .none, reference.count >= 3,
            event.noiseADU > 0, event.noiseADU.isFinite
        else {
            points = []
            return
        }
        let mean = MeanFrame(of: reference)
        let sigma = event.pointSpreadSigmaPixels.isFinite ? event.pointSpreadSigmaPixels.clamped(to: 0.5...5) : 1.5
        points = quiet.compactMap { frame in
            let place = frame.index < event.frameFirst ? event.track.first : event.track.last
            let (x, y) = (place?.x ?? event.x, place?.y ?? event.y)
            let inClip = clip.position(x: x, y: y)
            guard
                let aperture = PointSpreadAperture(
                    x: inClip.x, y: inClip.y, sigma: sigma, width: clip.width, height: clip.height)
            else { return nil }
            return LightCurve.Point(
                frame: frame.index, time: frame.time, x: x, y: y, fluxADU: aperture.flux(of: frame, less: mean),
                fluxErrorADU: event.noiseADU / aperture.weightSquareSum.squareRoot(), isInEvent: false)
        }
    }
}

/// Mean of frames, pixel by pixel.
private struct MeanFrame {
    private let width: Int
    private var values: [Double]

    init(of frames: [Frame]) {
        width = frames[0].format.width
        values = Array(repeating: 0, count: frames[0].format.pixelCount)
        for frame in frames {
            for position in values.indices { values[position] += Double(frame[position % width, position / width]) }
        }
        for position in values.indices { values[position] /= Double(frames.count) }
    }

    subscript(column: Int, row: Int) -> Double { values[row * width + column] }
}

/// A Gaussian of unit sum around a place, and the ring of pixels around it.
private struct PointSpreadAperture {
    private var weights: [(column: Int, row: Int, weight: Double)] = []
    private var ring: [(column: Int, row: Int)] = []
    /// Σ p² over the aperture, in 1/pixel.
    private(set) var weightSquareSum = 0.0

    /// Nil if the aperture does not lie wholly in the frame.
    init?(x: Double, y: Double, sigma: Double, width: Int, height: Int) {
        guard x.isFinite, y.isFinite, abs(x) < 1e6, abs(y) < 1e6 else { return nil }
        let (centerColumn, centerRow) = (Int(x.rounded()), Int(y.rounded()))
        let radius = Int((3 * sigma).rounded(.up))
        guard centerColumn - radius >= 0, centerRow - radius >= 0, centerColumn + radius < width,
            centerRow + radius < height
        else { return nil }
        var sum = 0.0
        let outer = radius + 4
        for row in max(0, centerRow - outer)...min(height - 1, centerRow + outer) {
            for column in max(0, centerColumn - outer)...min(width - 1, centerColumn + outer) {
                if abs(row - centerRow) > radius || abs(column - centerColumn) > radius {
                    ring.append((column, row))
                } else {
                    let (dx, dy) = (Double(column) - x, Double(row) - y)
                    let weight = exp(-(dx * dx + dy * dy) / (2 * sigma * sigma))
                    weights.append((column, row, weight))
                    sum += weight
                }
            }
        }
        for position in weights.indices {
            weights[position].weight /= sum
            weightSquareSum += weights[position].weight * weights[position].weight
        }
    }

    func flux(of frame: Frame, less mean: MeanFrame) -> Double {
        let sky = median(ring.map { Double(frame[$0.column, $0.row]) - mean[$0.column, $0.row] })
        let sum = weights.reduce(0.0) {
            $0 + $1.weight * (Double(frame[$1.column, $1.row]) - mean[$1.column, $1.row] - sky)
        }
        return sum / weightSquareSum
    }
}

/// The middle value, or the mean of the two middle ones; 0 of none.
func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return 0 }
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}
