// SPDX-License-Identifier: Apache-2.0

import Camera

/// The stages over all pixels of a frame on their own, for measurements of speed and of false candidates.
///
/// It works on a scene that stands still, as the detector of a sky camera does.
public final class DetectorStageProbe {
    /// What is run.
    public enum Stage: String, Sendable, Hashable, CaseIterable {
        /// Background, noise, one matched filter, threshold.
        case base
        /// Two matched filters on single frames and on sums of 2, 4 … 64 frames.
        case complete
    }

    private let background: BackgroundModel
    private let scan: FrameScan
    private let pixelCount: Int

    /// A probe of a stage, for frames of a format.
    ///
    /// - Parameter bandCount: bands of rows that run at the same time.
    public init(stage: Stage, format: FrameFormat, kernels: PixelKernels = .fastest, bandCount: Int = 1) {
        background = BackgroundModel(
            format: format, meanRate: 1 / 32, exclusionMask: nil, wanders: false, kernels: kernels)
        scan = FrameScan(
            format: format, sigmas: stage == .base ? [0.7] : [0.7, 1.0], octaves: stage == .base ? 0 : 6,
            watchesSensor: false, bandCount: bandCount, kernels: kernels)
        pixelCount = format.pixelCount
    }

    /// Lets the background learn a frame.
    ///
    /// - Parameter sigma: standard deviation of the noise in ADU, taken from the first frame on.
    public func learn(_ frame: Frame, sigma: Double) {
        guard background.framesLearnt > 0 else {
            background.seed(frame)
            background.seedDeviation(Float(sigma))
            background.setTypicalDeviation(Float(sigma))
            return
        }
        scan.learn(frame, background: background, alignment: .identity)
    }

    /// Runs the stage on a frame.
    ///
    /// - Parameters:
    ///   - threshold: for single frames, in standard deviations.
    ///   - summedThreshold: for sums; nil for the same.
    /// - Returns: statistics of the local maxima of the narrowest filter on single frames from the threshold on.
    public func run(_ frame: Frame, threshold: Double, summedThreshold: Double? = nil) -> [Double] {
        _ = scan.run(
            frame, background: background, alignment: .identity, threshold: threshold,
            summedThreshold: summedThreshold ?? threshold)
        guard let narrow = scan.filters.first else { return [] }
        return scan.singleFrame.filter { $0.kernel.sigma == narrow.sigma }.flatMap { $0.peaks.map(\.statistic) }
    }

    /// Mean number of local maxima of pure noise in a frame that the formula of the field gives for the narrowest
    /// filter (Adler 1981).
    public func expectedPeaks(threshold: Double) -> Double {
        FalseAlarm.peaksPerFrame(
            threshold: threshold, pixelCount: pixelCount, sigma: scan.filters.first?.sigma ?? 1)
    }

    /// Bytes of memory that grow with the number of pixels, a pixel.
    public var bytesPerPixel: Double { Double(background.byteCount + scan.byteCount) / Double(pixelCount) }
}
