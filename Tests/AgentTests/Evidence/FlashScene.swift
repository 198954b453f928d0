// SPDX-License-Identifier: Apache-2.0

import Agent
import Camera
import Glibc
import UTC

@testable import Detection

/// Frames with noise, a slope and a flash whose light curve and path are known, and the event that a detector would
/// report of it.
struct FlashScene {
    var width = 160
    var height = 120
    var bitsPerSample = 8
    var colorFilter = FrameFormat.ColorFilter.none
    var background = 20.0
    var slopePerColumn = 0.02
    var noise = 1.5
    var pointSpread = 1.4
    var kind = EventKind.lunarFlash
    /// Flux in ADU of the frames from `firstFrame` on.
    var fluxes: [Double] = [420, 260, 150, 85]
    var firstFrame = 30
    var start = (x: 80.3, y: 60.6)
    var stepPerFrame = (x: 0.0, y: 0.0)
    var isTimed = true
    var framesPerSecond = 30.0

    var format: FrameFormat {
        guard
            let format = FrameFormat(
                width: width, height: height, bitsPerSample: bitsPerSample, colorFilter: colorFilter)
        else { preconditionFailure("the scene has an impossible format") }
        return format
    }

    var peakFrame: Int { firstFrame + (fluxes.indices.max { fluxes[$0] < fluxes[$1] } ?? 0) }
    var lastFrame: Int { firstFrame + fluxes.count - 1 }

    func place(at frame: Int) -> (x: Double, y: Double) {
        let steps = Double(frame - firstFrame)
        return (start.x + steps * stepPerFrame.x, start.y + steps * stepPerFrame.y)
    }

    func time(of frame: Int) -> FrameTime? {
        guard isTimed, let start = UTCInstant(iso8601: "2026-03-01T21:14:05.250Z") else { return nil }
        return FrameTime(
            middleOfExposure: start.advanced(bySeconds: Double(frame) / framesPerSecond), uncertaintySeconds: 0.004,
            origin: .simulated)
    }

    /// Numbers of the standard normal distribution: a table, because tests are built without optimisation.
    private static let normals: [Double] = {
        var random = SplitMix64(seed: 7)
        return (0...0xFFFF).map { _ in random.normal() }
    }()

    /// Frame number `index`, the same every time.
    func frame(_ index: Int) -> Frame {
        let noiseOffset = index &* 7919
        let buffer = PixelBuffer(byteCount: format.byteCount)
        let flux = fluxes.indices.contains(index - firstFrame) ? fluxes[index - firstFrame] : 0
        let place = place(at: index)
        buffer.withMutableBytes { bytes in
            for row in 0..<height {
                for column in 0..<width {
                    let (dx, dy) = (Double(column) - place.x, Double(row) - place.y)
                    let distance = (dx * dx + dy * dy) / (2 * pointSpread * pointSpread)
                    var value =
                        background + slopePerColumn * Double(column) + noise
                        * FlashScene.normals[(noiseOffset + row * width + column) & 0xFFFF]
                    if flux > 0, distance < 20 {
                        value += flux * exp(-distance) / (2 * Double.pi * pointSpread * pointSpread)
                    }
                    let sample = min(max(Int(value.rounded()), 0), format.saturationLevel)
                    let position = row * width + column
                    if format.bytesPerSample == 1 {
                        bytes[position] = UInt8(sample)
                    } else {
                        bytes.storeBytes(of: UInt16(sample), toByteOffset: 2 * position, as: UInt16.self)
                    }
                }
            }
        }
        return Frame(format: format, index: index, time: time(of: index), buffer: buffer)
    }

    /// The event with the true values.
    var event: DetectedEvent {
        let error = noise * 2 * Double.pi.squareRoot() * pointSpread
        let track = fluxes.indices.map { step in
            let place = place(at: firstFrame + step)
            return TrackPoint(
                frame: firstFrame + step, x: place.x, y: place.y, fluxADU: fluxes[step], fluxErrorADU: error,
                time: time(of: firstFrame + step))
        }
        let peak = place(at: peakFrame)
        let signal = fluxes.reduce(0) { $0 + $1 * $1 }.squareRoot() / error
        return DetectedEvent(
            kind: kind, isAlert: true, frameFirst: firstFrame, framePeak: peakFrame, frameLast: lastFrame,
            timeStart: time(of: firstFrame), timePeak: time(of: peakFrame), timeEnd: time(of: lastFrame), x: peak.x,
            y: peak.y, track: track, signalToNoise: signal, fluxADU: fluxes.reduce(0, +),
            fluxErrorADU: error * Double(fluxes.count).squareRoot(),
            durationSeconds: Double(fluxes.count) / framesPerSecond,
            backgroundADU: background + slopePerColumn * peak.x, noiseADU: noise, saturated: false, thresholdSigma: 5.5,
            pointSpreadSigmaPixels: pointSpread, falseAlarmsPerHour: 1e-6, probability: 0.997,
            reasons: [
                Reason(
                    code: "still", sentence: "The light stays at one place of the Moon and fades like an impact flash.")
            ])
    }

    /// The evidence of the event after all frames of a stream have passed a collector.
    func evidence(frameCount: Int = 80, limits: EvidenceLimits = EvidenceLimits(), delay: Int = 3) -> [Evidence] {
        var collector = EvidenceCollector(limits: limits)
        var complete: [Evidence] = []
        for index in 0..<frameCount {
            complete += collector.observe(frame(index))
            if index == min(lastFrame + delay, frameCount - 1) { collector.collect(event, name: "flash") }
        }
        return complete + collector.finish()
    }
}

extension SplitMix64 {
    /// A number of the standard normal distribution, near enough: the scaled sum of four uniform ones.
    mutating func normal() -> Double {
        let bits = next()
        let sum = (bits & 0xFFFF) + (bits >> 16 & 0xFFFF) + (bits >> 32 & 0xFFFF) + (bits >> 48)
        return (Double(sum) / 65_536 - 2) * 3.0.squareRoot()
    }
}
