// SPDX-License-Identifier: Apache-2.0

/// Paints one event into the light of a frame: its light curve integrated over the exposure, its path drawn as a
/// trail.
struct EventPainter {
    let event: SceneEvent
    /// First and last frame whose exposure the event may touch; nil if it happens outside of the scene.
    let frames: ClosedRange<Int>?

    private let framesPerSecond: Double
    private let exposureSeconds: Double
    private let sigma: Double
    private let width: Int
    private let height: Int
    /// Integral of the light curve over the event, in seconds.
    private let curveSeconds: Double

    /// A short piece of the event: light at a place.
    private struct Piece {
        var x: Double
        var y: Double
        var share: Double
    }

    init(_ event: SceneEvent, in configuration: SceneConfiguration) {
        self.event = event
        framesPerSecond = configuration.framesPerSecond
        exposureSeconds = configuration.exposureSeconds
        sigma = event.sigmaPixels ?? configuration.pointSpreadSigmaPixels
        width = configuration.width
        height = configuration.height
        curveSeconds = event.lightCurve.integral(durationSeconds: event.durationSeconds)
        let first = max(0, (event.startSeconds * framesPerSecond).rounded(.down))
        let last = ((event.startSeconds + event.durationSeconds) * framesPerSecond).rounded(.down)
        let bound = Double(configuration.frameCount - 1)
        frames = first <= min(last, bound) ? Int(first)...Int(min(last, bound)) : nil
    }

    /// The event's light in a frame for one electron of the whole event; nil if none of it falls into the picture.
    ///
    /// - Returns: the light, and the centre of the light, which may lie outside of the picture.
    func paint(frame: Int, conditions: FrameConditions) -> (light: LightPlane, x: Double, y: Double)? {
        let pieces = pieces(frame: frame, conditions)
        let share = pieces.reduce(0) { $0 + $1.share }
        guard share > 0 else { return nil }
        if event.kind == .lightning {
            let even = Float(share / Double(width * height))
            return (
                LightPlane(width: width, height: height, filledWith: even), 0.5 * Double(width - 1),
                0.5 * Double(height - 1)
            )
        }
        guard let reach = PointProfile.reach(sigma: sigma),
            let columns = EventPainter.pixels(pieces.map(\.x), reach: reach, below: width),
            let rows = EventPainter.pixels(pieces.map(\.y), reach: reach, below: height)
        else { return nil }
        var light = LightPlane(
            originX: columns.lowerBound, originY: rows.lowerBound, width: columns.count, height: rows.count)
        for piece in pieces { light.addPoint(x: piece.x, y: piece.y, sigma: sigma, electrons: piece.share) }
        let x = pieces.reduce(0) { $0 + $1.x * $1.share } / share
        let y = pieces.reduce(0) { $0 + $1.y * $1.share } / share
        return (light, x, y)
    }

    /// The part of the event within a frame's exposure, cut so short that each piece is still.
    private func pieces(frame: Int, _ conditions: FrameConditions) -> [Piece] {
        let open = Double(frame) / framesPerSecond - event.startSeconds
        let start = max(0, open)
        let end = min(event.durationSeconds, open + exposureSeconds)
        guard start < end, curveSeconds > 0 else { return [] }
        let path = event.greatestSpeedPixelsPerSecond * (end - start)
        let count = min(2048, max(32, Int((path / (0.4 * sigma)).rounded(.up))))
        let step = (end - start) / Double(count)
        let shift = shift(conditions)
        var pieces: [Piece] = []
        for index in 0..<count {
            let time = start + (Double(index) + 0.5) * step
            let light = event.lightCurve.value(atSeconds: time, durationSeconds: event.durationSeconds)
            guard light > 0 else { continue }
            let place = event.position(atSeconds: time)
            pieces.append(Piece(x: place.x + shift.x, y: place.y + shift.y, share: light * step / curveSeconds))
        }
        guard path == 0, let first = pieces.first else { return pieces }
        return [Piece(x: first.x, y: first.y, share: pieces.reduce(0) { $0 + $1.share })]
    }

    private func shift(_ conditions: FrameConditions) -> (x: Double, y: Double) {
        var shift = (x: 0.0, y: 0.0)
        if event.kind.isBeyondTheAir { shift = (conditions.wanderX, conditions.wanderY) }
        if event.kind.isOnTarget { shift = (shift.x + conditions.driftX, shift.y + conditions.driftY) }
        return shift
    }

    /// The pixels of a line that light at `places` reaches; nil if there are none.
    private static func pixels(_ places: [Double], reach: Double, below count: Int) -> ClosedRange<Int>? {
        guard let lowest = places.min(), let highest = places.max() else { return nil }
        let first = max(0, (lowest - reach).rounded(.down))
        let last = min(Double(count - 1), (highest + reach).rounded(.up))
        return first <= last ? Int(first)...Int(last) : nil
    }
}
