// SPDX-License-Identifier: Apache-2.0

/// What the scene around a still spot says of it, besides the spot itself.
struct FlashCircumstances {
    /// Signal to noise of light that came to the place and went on from there, see `PassingLight`.
    var passingLight = 0.0
    /// False if the place lies off the disk that is watched.
    var isOnTarget = true
    /// Pixels to another short spot shortly before, and how many seconds that was; nil if there was none.
    var companion: (distance: Double, seconds: Double)?

    /// True if at least a fifth of the surroundings shine with a tenth of the bright parts' light: true on a disk and
    /// up to three pixels off its limb, false in the sky and on a moon, which is a point.
    static func isOnDisk(
        _ place: SIMD2<Double>, sigma: Double, levels: (dark: Double, bright: Double), background: BackgroundModel
    ) -> Bool {
        let format = background.format
        let radius = Int((5 + sigma).rounded(.up))
        // Where nothing as large as a disk shines, nothing can be said.
        guard diskShare(levels, background: background) > 0.05 else { return true }
        let limit = Float(levels.dark + 0.1 * (levels.bright - levels.dark))
        var bright = 0
        var count = 0
        for j in -radius...radius {
            for i in -radius...radius where i * i + j * j <= radius * radius {
                let x = Int(place.x.rounded()) + i
                let y = Int(place.y.rounded()) + j
                guard (0..<format.width).contains(x), (0..<format.height).contains(y) else { continue }
                count += 1
                if background.mean[x, y] > limit { bright += 1 }
            }
        }
        return 5 * bright >= count
    }

    /// Share of the scene that shines with a tenth of the bright parts' light, from a sparse grid.
    private static func diskShare(_ levels: (dark: Double, bright: Double), background: BackgroundModel) -> Double {
        let format = background.format
        let limit = Float(levels.dark + 0.1 * (levels.bright - levels.dark))
        let step = max(1, min(format.width, format.height) / 64)
        var bright = 0
        var count = 0
        for y in stride(from: 0, to: format.height, by: step) {
            for x in stride(from: 0, to: format.width, by: step) {
                count += 1
                if background.mean[x, y] > limit { bright += 1 }
            }
        }
        return Double(bright) / Double(max(count, 1))
    }
}
