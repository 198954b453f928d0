// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection

/// Frames of noise with a flash, kept so that the same scene can be shown shifted, mirrored, deeper or after a longer
/// wait.
struct SampleMovie {
    /// Columns and rows of what is kept; views are smaller by twice `margin`.
    let width: Int
    let height: Int
    /// How far a view can be shifted.
    let margin = 12
    /// Number of the frame in which the flash begins.
    let flashFrame = 130
    private var frames: [[UInt8]] = []

    /// A movie of 230 frames with a spot in some of them, its place counted in the view that is not shifted.
    init(width: Int, height: Int, spot: SyntheticFrames.Spot, light: [Double], seed: UInt64) throws {
        self.width = width
        self.height = height
        var noise = try SyntheticFrames(width: width, height: height, seed: seed)
        for index in 0..<230 {
            var spots: [SyntheticFrames.Spot] = []
            if light.indices.contains(index - flashFrame) {
                var part = spot
                part.x += Double(margin)
                part.y += Double(margin)
                part.flux *= light[index - flashFrame]
                spots = [part]
            }
            let frame = noise.next(spots: spots)
            frames.append((0..<width * height).map { UInt8(frame[$0 % width, $0 / width]) })
        }
    }

    /// What a detector for the Moon reports of a view.
    ///
    /// - Parameters:
    ///   - columns: by which everything is moved to the right, rows downwards; at most `margin`.
    ///   - isMirrored: whether left and right are exchanged.
    ///   - bitsPerSample: 8, or 16 with samples times 256.
    ///   - wait: quiet frames shown before.
    func events(
        columns: Int = 0, rows: Int = 0, isMirrored: Bool = false, bitsPerSample: Int = 8, wait: Int = 0
    ) throws -> [DetectedEvent] {
        var view = try SyntheticFrames(
            width: width - 2 * margin, height: height - 2 * margin, bitsPerSample: bitsPerSample)
        let detector = try Detector(configuration: .standard(for: .moon), format: view.format)
        let scale = bitsPerSample == 8 ? 1.0 : 256
        var events: [DetectedEvent] = []
        for index in -wait..<frames.count {
            // Quiet frames are those before the flash, over and over.
            let source = frames[index >= 0 ? index : (index % flashFrame + flashFrame) % flashFrame]
            let frame = view.frame { x, y, _ in
                let column = (isMirrored ? width - 2 * margin - 1 - x : x) + margin - columns
                return scale * Double(source[(y + margin - rows) * width + column])
            }
            events += detector.process(frame)
        }
        return events + detector.finish()
    }
}
