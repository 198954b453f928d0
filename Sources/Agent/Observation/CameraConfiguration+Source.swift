// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection
import UTC

extension CameraConfiguration {
    /// Opens the camera, the recordings or the simulated scene that is configured.
    ///
    /// - Parameters:
    ///   - target: what a simulated scene shows.
    ///   - start: when a simulated scene begins.
    ///   - calibration: how late the stamps of a camera are, if that was measured.
    ///   - record: gets the figures of a camera.
    ///   - stalled: is told of every failure of a camera against which its stream is started anew.
    /// - Returns: the source and what it did otherwise than asked, a sentence each.
    func open(
        target: ObservationTarget, start: UTCInstant, calibration: TimingCalibration?, record: CameraRecord,
        stalled: @escaping (_ failure: CameraError) -> Void
    ) throws(CameraError) -> (source: any FrameSource, notices: [String]) {
        switch kind {
        case .v4l2:
            let camera = try openDevice()
            let notice = device.latencySeconds == nil ? calibration.flatMap { $0.apply(to: camera) } : nil
            let recovery = StallRecovery(camera, record: record, tell: stalled)
            return (FreezeWatch(recovery), camera.notices + [notice].compactMap { $0 })
        case .file:
            let recording = try Recordings.open(paths: recordingPaths, framesPerSecond: framesPerSecond)
            return (recording, recording.description.notices)
        case .simulated:
            return (PacedSource(try SimulatedScene(scene(of: target, start: start))), [])
        }
    }

    /// Opens the attached camera, of kind `.v4l2`.
    func openDevice() throws(CameraError) -> V4L2Camera {
        try V4L2Camera(path: device.path, options: try deviceOptions())
    }

    /// The scene that a simulated camera shows: the target's usual one, changed as configured, with its events at
    /// random but repeatable times.
    public func scene(of target: ObservationTarget, start: UTCInstant) -> SceneConfiguration {
        var scene: SceneConfiguration
        switch target {
        case .moon: scene = .moon(bitsPerSample: simulation.bitsPerSample)
        case .jupiter: scene = .jupiter(bitsPerSample: simulation.bitsPerSample)
        case .sky: scene = .sky(bitsPerSample: simulation.bitsPerSample)
        }
        scene.seed = UInt64(simulation.seed)
        scene.start = start
        scene.durationSeconds = simulation.durationSeconds
        scene.width = widthPixels ?? scene.width
        scene.height = heightPixels ?? scene.height
        scene.framesPerSecond = framesPerSecond ?? scene.framesPerSecond
        scene.exposureSeconds = exposureSeconds ?? 1 / scene.framesPerSecond
        let count = Int((simulation.eventsPerMinute * simulation.durationSeconds / 60).rounded())
        let ratio = simulation.minimumSignalToNoise
        scene.inject(
            count: count, signalToNoise: ratio...2 * ratio, kinds: [target.simulatedEvent], seed: scene.seed)
        if simulation.hasDistractors {
            scene.inject(
                count: max(1, count), signalToNoise: ratio...2 * ratio, kinds: [.cosmicRay, .satellite],
                seed: scene.seed &+ 1)
        }
        return scene
    }

    private func deviceOptions() throws(CameraError) -> V4L2CameraOptions {
        var options = V4L2CameraOptions()
        if !device.formats.isEmpty {
            var formats: [CameraPixelFormat] = []
            for code in device.formats {
                let format = CameraPixelFormat.allCases.first { V4L2FormatOffer.text(ofFourCC: $0.fourCC) == code }
                guard let format else {
                    throw CameraError(
                        .unsupported, place: device.path, message: "'\(code)' is not a pixel format that PSWS reads",
                        remedy: "psws-agent cameras lists what the camera offers")
                }
                formats.append(format)
            }
            options.pixelFormats = formats
        }
        options.acceptsConverted = device.acceptsConverted
        options.width = widthPixels
        options.height = heightPixels
        options.framesPerSecond = framesPerSecond
        options.exposureSeconds = exposureSeconds
        options.gain = device.gain
        options.whiteBalanceKelvin = device.whiteBalanceKelvin
        options.controls = device.controls
        options.latency = device.latencySeconds.map {
            V4L2CameraOptions.Latency(seconds: $0, uncertaintySeconds: device.latencyErrorSeconds)
        }
        return options
    }
}

extension ObservationTarget {
    /// What a simulated scene of the target shows happening.
    fileprivate var simulatedEvent: SceneEvent.Kind {
        switch self {
        case .moon: .lunarFlash
        case .jupiter: .fireball
        case .sky: .meteor
        }
    }
}
