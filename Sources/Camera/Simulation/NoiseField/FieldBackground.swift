// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What lies under the noise of a `NoiseField`, in ADU.
public enum FieldBackground: Sendable, Hashable {
    /// The same level everywhere.
    case flat(levelADU: Double)
    /// A plane: the level in the middle and its change over the whole width.
    case slope(levelADU: Double, riseADU: Double)
    /// Round hills and hollows, `wavelengthPixels` from one to the next, as high above the level as deep below it:
    /// something for a registration to hold on to.
    case hills(levelADU: Double, heightADU: Double, wavelengthPixels: Double)

    /// The level at a pixel of a frame of the given width.
    func level(column: Int, row: Int, width: Int) -> Double {
        switch self {
        case .flat(let level):
            return level
        case .slope(let level, let rise):
            return level + rise * (Double(column) / Double(max(width - 1, 1)) - 0.5)
        case .hills(let level, let height, let wavelength):
            let turn = 2 * Double.pi / wavelength
            // Two waves in directions without a common period: no hill looks like the next.
            let first = sin(turn * (Double(column) + 0.3 * Double(row)))
            let second = sin(0.83 * turn * (Double(row) - 0.2 * Double(column)) + 1)
            return level + 0.5 * height * (first + second)
        }
    }
}
