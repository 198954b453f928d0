// SPDX-License-Identifier: Apache-2.0

/// The light that reaches the sensor from the scene itself, frame by frame, without events and without noise.
///
/// The target is painted once. Each frame is that picture shifted by wander and drift, dimmed by the air, and
/// brightened by twilight and lit clouds.
struct SceneLight {
    private let width: Int
    private let height: Int
    private let target: LightPlane
    private let conditions: [FrameConditions]
    private let framesPerSecond: Double
    private let cloudGlow: Float
    private let twinkling: [StarFieldPainter.Star]
    private let starScintillation: Double
    private let sigma: Double
    private let seed: UInt64
    private let normal = NormalNoise()
    private var clouds: CloudField?
    private var frame = -1
    private var mixedRow: [Float]

    /// Stars beyond this number are too faint for their twinkling to be seen in the noise.
    private static let twinklingCount = 150
    /// Taps of the interpolation: three to each side.
    private static let taps = 6

    /// Paints the target of a valid configuration.
    init(_ configuration: SceneConfiguration) {
        width = configuration.width
        height = configuration.height
        conditions = FrameConditions.ofAllFrames(configuration)
        framesPerSecond = configuration.framesPerSecond
        cloudGlow = Float(configuration.atmosphere.cloudGlowElectronsPerPixel)
        starScintillation = configuration.atmosphere.starScintillationFraction
        sigma = configuration.pointSpreadSigmaPixels
        seed = configuration.seed
        clouds = CloudField(configuration)
        let farthest = conditions.reduce(0.0) {
            max($0, abs($1.wanderX + $1.driftX), abs($1.wanderY + $1.driftY))
        }
        let margin = farthest > 0 ? Int(farthest.rounded(.up)) + SceneLight.taps / 2 + 1 : 0
        var plane = LightPlane(
            originX: -margin, originY: -margin, width: width + 2 * margin, height: height + 2 * margin)
        switch configuration.kind {
        case .moon:
            MoonPainter(configuration).paint(on: &plane)
            twinkling = []
        case .jupiter:
            JupiterPainter(configuration).paint(on: &plane)
            twinkling = []
        case .sky:
            let painter = StarFieldPainter(configuration)
            painter.paint(on: &plane)
            twinkling = Array(painter.stars.prefix(SceneLight.twinklingCount))
        }
        target = plane
        mixedRow = [Float](repeating: 0, count: width + SceneLight.taps)
    }

    /// Air and mount in a frame.
    func conditions(of frame: Int) -> FrameConditions { conditions[frame] }

    /// Share of light from beyond the air that arrives at a pixel; the frame must be the selected one.
    func throughput(frame: Int, column: Int, row: Int) -> Float {
        Float(conditions[frame].throughput) * (clouds?.transmission(column: column, row: row) ?? 1)
    }

    /// Makes a frame the one that the other methods speak of.
    mutating func select(frame: Int) {
        guard frame != self.frame else { return }
        self.frame = frame
        clouds?.move(toSeconds: Double(frame) / framesPerSecond)
    }

    /// Writes the electrons of the selected frame into a rectangle, which must lie within the frame.
    mutating func write(into plane: inout LightPlane) {
        let air = conditions[frame]
        let throughput = Float(air.throughput)
        let twilight = Float(air.twilightElectrons)
        let (originX, originY, width, height) = (plane.originX, plane.originY, plane.width, plane.height)
        plane.values.withUnsafeMutableBufferPointer { values in
            for row in 0..<height {
                let line = UnsafeMutableBufferPointer(rebasing: values[row * width..<(row + 1) * width])
                let frameRow = row + originY
                shiftedRow(frameRow, fromColumn: originX, air, into: line)
                for column in line.indices { line[column] = line[column] * throughput }
                clouds?.cover(line, fromColumn: originX, row: frameRow, glowElectrons: cloudGlow)
                if twilight != 0 {
                    for column in line.indices { line[column] = max(0, line[column] + twilight) }
                }
            }
        }
    }

    /// Adds what the brightest stars differ from their mean in the selected frame.
    func addTwinkling(to plane: inout LightPlane) {
        guard starScintillation > 0, !twinkling.isEmpty else { return }
        let air = conditions[frame]
        var random = Xoshiro256(seed: seed, stream: 0x5747_0000_0000 + UInt64(frame))
        for star in twinkling {
            // Clipping keeps a star from going dark below nothing.
            let change = max(-1, starScintillation * Double(normal.next(&random)))
            let column = min(max(Int(star.x.rounded()), 0), width - 1)
            let row = min(max(Int(star.y.rounded()), 0), height - 1)
            let passing = Double(throughput(frame: frame, column: column, row: row))
            plane.addPoint(
                x: star.x + air.wanderX + air.driftX, y: star.y + air.wanderY + air.driftY, sigma: sigma,
                electrons: star.electrons * change * passing)
        }
    }

    /// One row of the target, moved by wander and drift, starting at a column of the frame.
    private mutating func shiftedRow(
        _ row: Int, fromColumn firstColumn: Int, _ air: FrameConditions, into line: UnsafeMutableBufferPointer<Float>
    ) {
        let x = -(air.wanderX + air.driftX)
        let y = -(air.wanderY + air.driftY)
        let wholeX = x.rounded(.down)
        let wholeY = y.rounded(.down)
        let column = firstColumn - target.originX + Int(wholeX)
        let sourceRow = row - target.originY + Int(wholeY)
        target.values.withUnsafeBufferPointer { source in
            if x == wholeX && y == wholeY {
                let start = sourceRow * target.width + column
                for index in line.indices { line[index] = source[start + index] }
                return
            }
            let down = LanczosWeights(fraction: y - wholeY)
            let across = LanczosWeights(fraction: x - wholeX)
            let before = SceneLight.taps / 2 - 1
            let start = (sourceRow - before) * target.width + column - before
            mixedRow.withUnsafeMutableBufferPointer { mixed in
                down.apply(
                    to: source, start: start, stride: target.width, count: line.count + SceneLight.taps - 1,
                    mixed)
                across.apply(to: UnsafeBufferPointer(mixed), start: 0, stride: 1, count: line.count, line)
            }
        }
    }
}
