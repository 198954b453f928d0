// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection

extension DetectorConfiguration {
    /// The usual settings for a target, changed as the operator configured, for frames of `source`.
    ///
    /// - Parameter defaultFramesPerSecond: for a recording that does not say its rate.
    init(
        target: ObservationTarget, settings: DetectionConfiguration, source: SourceDescription,
        defaultFramesPerSecond: Double = 25
    ) {
        self = .standard(for: target, framesPerSecond: source.framesPerSecond ?? defaultFramesPerSecond)
        pointSpreadSigmaPixels = settings.pointSpreadSigmaPixels
        falseAlarmsPerHour = settings.falseAlarmsPerHour
        arcsecondsPerPixel = settings.arcsecondsPerPixel
        binning = settings.binning
        bandCount = settings.threads
        exclusionMask = settings.exclusionMask(for: source.format)
    }
}

extension DetectionConfiguration {
    /// One element a pixel, true where an exclusion covers it; nil without exclusions. What lies outside the frame is
    /// cut off.
    fileprivate func exclusionMask(for format: FrameFormat) -> [Bool]? {
        guard !exclusions.isEmpty else { return nil }
        var mask = [Bool](repeating: false, count: format.pixelCount)
        for area in exclusions {
            let columns = min(area.x, format.width)..<min(area.x + area.width, format.width)
            for row in min(area.y, format.height)..<min(area.y + area.height, format.height) {
                for column in columns { mask[row * format.width + column] = true }
            }
        }
        return mask
    }
}
