// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Clouds that drift along the rows: how much light passes, known on a coarse grid and interpolated between.
struct CloudField: Sendable {
    /// Pixels between two nodes of the grid; clouds are far larger.
    private static let spacing = 16

    /// Nodes in a row of the grid.
    private let columns: Int
    /// Rows of the grid.
    private let rows: Int
    /// Share of the light that passes at each node, in the frame last asked for.
    private var transmissions: [Float]

    private let noise: LatticeNoise
    private let sizePixels: Double
    private let speedPixelsPerSecond: Double
    private let opticalDepth: Double
    private let threshold: Double

    /// Nil for a sky without clouds.
    init?(_ configuration: SceneConfiguration) {
        let air = configuration.atmosphere
        guard air.cloudOpticalDepth > 0, air.cloudCover > 0 else { return nil }
        columns = configuration.width / CloudField.spacing + 2
        rows = configuration.height / CloudField.spacing + 2
        transmissions = [Float](repeating: 1, count: columns * rows)
        noise = LatticeNoise(seed: configuration.seed ^ 0xC10D)
        sizePixels = air.cloudSizeInFrameWidths * Double(configuration.width)
        speedPixelsPerSecond = air.cloudSpeedPixelsPerSecond
        opticalDepth = air.cloudOpticalDepth
        threshold = 1 - air.cloudCover
    }

    /// Moves the clouds to where they are at a time after the start of the scene.
    mutating func move(toSeconds time: Double) {
        let shift = speedPixelsPerSecond * time
        for row in 0..<rows {
            for column in 0..<columns {
                let x = (Double(column * CloudField.spacing) - shift) / sizePixels
                let y = Double(row * CloudField.spacing) / sizePixels
                // The noise stays mostly between 0.2 and 0.8: stretch it so that `threshold` is a share of the sky.
                let thickness = (noise.fractal(x, y, octaves: 4) - 0.2) / 0.6
                let depth = opticalDepth * LatticeNoise.step(thickness, from: threshold - 0.15, to: threshold + 0.35)
                transmissions[row * columns + column] = Float(exp(-depth))
            }
        }
    }

    /// Share of the light that passes at a pixel.
    func transmission(column: Int, row: Int) -> Float {
        let left = column / CloudField.spacing
        let across = Float(column % CloudField.spacing) / Float(CloudField.spacing)
        let first = node(left, row: row)
        return first + across * (node(left + 1, row: row) - first)
    }

    /// Dims a row of light from a column on, and adds the light of the clouds themselves.
    func cover(
        _ line: UnsafeMutableBufferPointer<Float>, fromColumn first: Int, row: Int, glowElectrons: Float
    ) {
        let nodes = (0..<columns).map { node($0, row: row) }
        nodes.withUnsafeBufferPointer { nodes in
            for index in 0..<line.count {
                let column = first &+ index
                let left = column / CloudField.spacing
                let across = Float(column % CloudField.spacing) / Float(CloudField.spacing)
                let passing = nodes[left] + across * (nodes[left &+ 1] - nodes[left])
                line[index] = line[index] * passing + glowElectrons * (1 - passing)
            }
        }
    }

    /// Share of the light that passes in a column of nodes, at a row of pixels.
    private func node(_ column: Int, row: Int) -> Float {
        let upper = row / CloudField.spacing * columns + column
        let down = Float(row % CloudField.spacing) / Float(CloudField.spacing)
        return transmissions[upper] + down * (transmissions[upper + columns] - transmissions[upper])
    }
}
