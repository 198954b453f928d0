// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What lies under the noise of a `NoiseField`, in ADU.
public enum FieldBackground: Sendable, Hashable {
    /// The same level everywhere.
    case flat(levelADU: Double)
    /// A plane: the level in the middle and its change over the whole width.
    case slope(levelADU: Double, riseADU: Double)
    /// A level with round beacons of light on a square grid, `spacingPixels` from one to the next: something for a
    /// registration to hold on to, and level ground between. The first stands half a spacing from the edges.
    case beacons(levelADU: Double, heightADU: Double, sigmaPixels: Double, spacingPixels: Double)

    /// The level at a pixel of a frame of the given width.
    func level(column: Int, row: Int, width: Int) -> Double {
        switch self {
        case .flat(let level):
            return level
        case .slope(let level, let rise):
            return level + rise * (Double(column) / Double(max(width - 1, 1)) - 0.5)
        case .beacons(let level, let height, let sigma, let spacing):
            let dx = Double(column) - FieldBackground.nearestBeacon(Double(column), spacing)
            let dy = Double(row) - FieldBackground.nearestBeacon(Double(row), spacing)
            return level + height * exp(-0.5 * (dx * dx + dy * dy) / (sigma * sigma))
        }
    }

    /// Distance of a place from the nearest beacon in pixels; infinite without beacons.
    public func distanceToBeacon(x: Double, y: Double) -> Double {
        guard case .beacons(_, _, _, let spacing) = self else { return .infinity }
        let dx = x - FieldBackground.nearestBeacon(x, spacing)
        let dy = y - FieldBackground.nearestBeacon(y, spacing)
        return (dx * dx + dy * dy).squareRoot()
    }

    private static func nearestBeacon(_ place: Double, _ spacing: Double) -> Double {
        ((place / spacing - 0.5).rounded() + 0.5) * spacing
    }
}
