// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CScheduling
import Camera
import Detection
import DetectionTrials

/// `psws-bench speed`: the time of a frame through the detector in copies of that frame.
struct SpeedBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "speed",
        abstract: "The time of a frame through the detector, in copies of that frame.",
        discussion: """
            On one pinned core. Frames come from a ring larger than the caches, as they come from a camera; the copy \
            (memcpy) goes from that ring to another one. Every line is the median of several runs.

            Stages: base (background, noise, one matched filter, threshold); complete (two matched filters, alone and \
            on sums of up to 64 frames); detector (all of it, with candidates, tests and linking, as the agent runs \
            it). Each is run with every instruction set of this processor. The last line of each set is the detector \
            on a Moon that wanders, scintillates and has thin cloud in front of it.

            Speed counts only with honest false alarms: the same stage counts peaks of pure noise against the formula \
            of the field at 4.5, 5.5 and 6.5 sigma, which must be within 1.5, 2 and 3 times.
            """)

    @Option(help: "Columns and rows of the frames, for example 1920x1080.")
    var size = FrameSize(width: 1920, height: 1080)

    @Option(help: "Frames of noise in which peaks are counted; 0 counts none.")
    var noiseFrames = 10_000

    @Option(help: "Only this instruction set, for example avx2; all of this processor if not given.")
    var instructions: String?

    @Flag(help: "Print JSON, one object a line.")
    var json = false

    func run() throws {
        guard let format = FrameFormat(width: size.width, height: size.height, bitsPerSample: 8),
            let deep = FrameFormat(width: size.width, height: size.height, bitsPerSample: 16)
        else { throw ValidationError("There are no frames of \(size.defaultValueDescription) pixels.") }
        psws_pin_to_this_processor()
        let frames = FrameRing(format: format, seed: 1)
        let deepFrames = FrameRing(format: deep, seed: 1)
        var moon = StandardTrials.restlessDisk(.moon, seconds: 10, signalToNoise: 8...9, seed: 1).scene
        (moon.width, moon.height) = (size.width, size.height)
        let moonFrames = try FrameRing(scene: moon)
        for kernels in PixelKernels.available where kernels.description == instructions ?? kernels.description {
            for stage in DetectorStageProbe.Stage.allCases {
                let probe = DetectorStageProbe(stage: stage, format: format, kernels: kernels)
                report(stage.rawValue, kernels, frames.time(probe), bytes: probe.bytesPerPixel)
            }
            let deepTime = deepFrames.time(DetectorStageProbe(stage: .complete, format: deep, kernels: kernels))
            report("complete, 16 bits", kernels, deepTime)
            report("detector", kernels, try frames.time(kernels))
            report("detector, restless Moon", kernels, try moonFrames.time(kernels, target: .moon))
        }
        psws_run_on_all_processors()
        for bands in [1, 2] {
            let probe = DetectorStageProbe(stage: .complete, format: format, bandCount: bands)
            report("complete, \(bands) band\(bands == 1 ? "" : "s")", .fastest, frames.elapsedTime(probe))
        }
        guard noiseFrames > 0 else { return }
        countPeaks(format: format)
    }

    /// Counts peaks of pure noise against the formula of the field.
    private func countPeaks(format: FrameFormat) {
        var noise = NoiseFrames(format: format, seed: 2)
        let probe = DetectorStageProbe(stage: .base, format: format)
        for _ in 0..<1200 { probe.learn(noise.next(), sigma: noise.sigmaADU) }
        let thresholds = [4.5, 5.5, 6.5]
        var counts = [0, 0, 0]
        for _ in 0..<noiseFrames {
            let peaks = probe.run(noise.next(), threshold: thresholds[0])
            for (index, threshold) in thresholds.enumerated() { counts[index] += peaks.count { $0 >= threshold } }
        }
        for (index, threshold) in thresholds.enumerated() {
            let expected = probe.expectedPeaks(threshold: threshold) * Double(noiseFrames)
            let limit = [1.5, 2, 3][index]
            let ratio = Double(counts[index]) / expected
            if json {
                print(
                    "{\"test\": \"noise\", \"threshold_sigma\": \(threshold), \"peaks\": \(counts[index]), "
                        + "\"expected\": \(expected), \"ratio\": \(ratio), \"limit\": \(limit)}")
            } else {
                print(
                    "peaks of noise at \(threshold) sigma: \(counts[index]) found, \(rounded(expected, 10)) expected, "
                        + "\(rounded(ratio, 100)) times (limit \(limit))")
            }
        }
    }

    private func report(_ stage: String, _ kernels: PixelKernels, _ time: StageTime, bytes: Double? = nil) {
        if json {
            print(
                "{\"test\": \"speed\", \"stage\": \"\(stage)\", \"instructions\": \"\(kernels)\", "
                    + "\"milliseconds\": \(time.milliseconds), \"copy_milliseconds\": \(time.copyMilliseconds), "
                    + "\"copies\": \(time.copies), \"frames_per_second\": \(1000 / time.milliseconds)}")
            return
        }
        let memory = bytes.map { ", \(rounded($0, 10)) bytes a pixel" } ?? ""
        print(
            "\(stage) (\(kernels)): \(rounded(time.milliseconds, 1000)) ms, \(rounded(time.copies, 10)) copies of "
                + "\(rounded(time.copyMilliseconds, 1000)) ms, \(Int(1000 / time.milliseconds)) frames/s\(memory)")
    }

    private func rounded(_ value: Double, _ unit: Double) -> Double { (value * unit).rounded() / unit }
}
