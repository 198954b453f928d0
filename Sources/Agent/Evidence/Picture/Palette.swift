// SPDX-License-Identifier: Apache-2.0

import Camera

/// The colours of the pictures: a dark ground, greys for frames and axes, and two colours that people who see no red
/// or no green tell apart (M. Okabe, K. Ito, Color Universal Design, 2008).
enum Palette {
    static let ground = RGBColor(hex: 0x10151C)
    static let panel = RGBColor(hex: 0x171E27)
    static let grid = RGBColor(hex: 0x2A343F)
    static let axis = RGBColor(hex: 0x6B7885)
    static let text = RGBColor(hex: 0xE8EDF2)
    static let quietText = RGBColor(hex: 0x9AA7B4)
    /// Measurements and marks of the event.
    static let event = RGBColor(hex: 0x56B4E9)
    /// Its peak.
    static let peak = RGBColor(hex: 0xFFB000)
}
