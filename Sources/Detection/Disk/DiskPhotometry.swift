// SPDX-License-Identifier: Apache-2.0

/// The light of a whole disk, against which a flash on it can be measured.
public enum DiskPhotometry {
    /// Light of a disk above the sky around it, in ADU a frame.
    ///
    /// Given: the image and the disk's outline in it. Returned: the sum within 1.15 radii less the median of the ring
    /// from 1.3 to 1.6 radii; nil if that leaves the image, or if any of the disk is saturated.
    public static func fluxADU(of outline: DiskOutline, in image: BackgroundImage) -> Double? {
        let centre = outline.centre - image.origin
        let inner = 1.15 * outline.radiusPixels
        guard centre.x >= inner, centre.y >= inner, centre.x <= Double(image.width - 1) - inner,
            centre.y <= Double(image.height - 1) - inner
        else { return nil }
        var sum = 0.0
        var count = 0
        var sky: [Float] = []
        for y in 0..<image.height {
            for x in 0..<image.width {
                let offset = SIMD2(Double(x), Double(y)) - centre
                let distance = (offset * offset).sum().squareRoot()
                let value = image.values[y * image.width + x]
                if distance <= inner {
                    guard value < image.saturationADU else { return nil }
                    sum += Double(value)
                    count += 1
                } else if distance >= 1.3 * outline.radiusPixels, distance <= 1.6 * outline.radiusPixels {
                    sky.append(value)
                }
            }
        }
        guard sky.count > 32 else { return nil }
        sky.sort()
        let flux = sum - Double(count) * Double(sky[sky.count / 2])
        return flux > 0 ? flux : nil
    }
}
