// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Detection

struct DiskPhotometryTests {
    /// A disk of one brightness on a sky of another.
    private func image(disk: Float, sky: Float, saturation: Float = 255) -> BackgroundImage {
        var values: [Float] = []
        for y in 0..<120 {
            for x in 0..<120 {
                let offset = SIMD2(Double(x) - 60, Double(y) - 58)
                values.append((offset * offset).sum() <= 900 ? sky + disk : sky)
            }
        }
        return BackgroundImage(
            width: 120, height: 120, values: values, origin: SIMD2(4, -3), saturationADU: saturation)
    }

    private func outline(centre: SIMD2<Double>) -> DiskOutline {
        DiskOutline(
            centre: centre, radiusPixels: 30, axisRatio: 1, equatorAngleDegrees: nil, equatorAngleErrorDegrees: nil,
            covariance: [Double](repeating: 0, count: 9), residualPixels: 0, pointCount: 0, arcDegrees: 360)
    }

    @Test func `The light of a disk is counted above the sky`() throws {
        // In the frame's coordinates the image begins at (4, −3).
        let flux = try #require(
            DiskPhotometry.fluxADU(of: outline(centre: SIMD2(64, 55)), in: image(disk: 100, sky: 12)))
        #expect(abs(flux / (100 * .pi * 900) - 1) < 0.01)
    }

    @Test func `A disk that is cut off or saturated has no light to measure by`() {
        let bright = image(disk: 100, sky: 12, saturation: 110)
        #expect(DiskPhotometry.fluxADU(of: outline(centre: SIMD2(64, 55)), in: bright) == nil)
        let whole = image(disk: 100, sky: 12)
        #expect(DiskPhotometry.fluxADU(of: outline(centre: SIMD2(24, 55)), in: whole) == nil)
    }
}
