// SPDX-License-Identifier: Apache-2.0

import Camera

/// What may be mistaken for an event, and must not raise an alert.
public enum Nuisance: String, Sendable, Hashable, CaseIterable {
    /// Noise alone: still air, a faultless sensor.
    case gaussianNoise = "gaussian_noise"
    /// Ten times as many hot and flickering pixels as usual.
    case faultyPixels = "faulty_pixels"
    /// Strong seeing: stars that twinkle by 30 %, disks that wander by 1.5 px and scintillate by 3 %.
    case scintillation
    /// Thin moving cloud, lit from below over the sky.
    case thinCloud = "thin_cloud"
    /// The sky brightens by 6 ADU a minute (of 8 bits).
    case dawn
    /// Gusts shake the telescope by up to 4 px, six times a minute.
    case windShake = "wind_shake"
    /// Satellites cross the field.
    case satellites
    /// Aircraft with strobe lights cross the field.
    case aircraft
    /// Particles hit the sensor.
    case cosmicRays = "cosmic_rays"
    /// Insects, bright and wide, cross the field.
    case insects
    /// Lightning lights the whole picture.
    case lightning
    /// A codec at a low rate: noise that stands still in blocks and jumps.
    case compression
    /// The noise reduction of a surveillance camera: 30 % of the new frame, 70 % of those before.
    case denoising
    /// Two per cent of the frames are lost, two per cent repeat the frame before.
    case unreliableTransport = "unreliable_transport"

    /// The distractor that is put into the scene, about one every five seconds; nil for what fills the whole picture.
    public var distractor: SceneEvent.Kind? {
        switch self {
        case .satellites: .satellite
        case .aircraft: .aircraft
        case .cosmicRays: .cosmicRay
        case .insects: .insect
        case .lightning: .lightning
        default: nil
        }
    }

    /// The scene of a target with this nuisance and without anything that the station looks for.
    ///
    /// - Parameter size: columns and rows; Jupiter's frames are square, as high as this.
    public func scene(
        _ kind: SceneConfiguration.Kind, size: (width: Int, height: Int), seconds: Double, seed: UInt64
    ) -> SceneConfiguration {
        var scene = SceneConfiguration.preset(
            kind, width: kind == .jupiter ? size.height : size.width, height: size.height, durationSeconds: seconds,
            seed: seed)
        switch self {
        case .gaussianNoise:
            scene.atmosphere = AtmosphereModel()
            scene.sensor.hotPixelFraction = 0
            scene.sensor.flickeringPixelFraction = 0
        case .faultyPixels:
            scene.sensor.hotPixelFraction *= 10
            scene.sensor.flickeringPixelFraction *= 10
        case .scintillation:
            if kind == .sky {
                scene.atmosphere.starScintillationFraction = 0.3
            } else {
                scene.atmosphere.wanderRMSPixels = 1.5
                scene.atmosphere.scintillationFraction = 0.03
            }
        case .thinCloud:
            scene.addThinCloud()
        case .dawn:
            scene.atmosphere.twilightElectronsPerPixelPerSecond = 6 * scene.sensor.gainElectronsPerADU / 60
        case .windShake:
            scene.atmosphere.gustsPerMinute = 6
            scene.atmosphere.gustPixels = 4
        case .satellites, .aircraft, .cosmicRays, .insects, .lightning, .compression, .denoising,
            .unreliableTransport:
            break
        }
        if let distractor {
            scene.inject(
                count: max(1, Int(seconds / 5)), signalToNoise: 8...30, kinds: [distractor], seed: seed &+ 2000)
        }
        return scene
    }

    /// What camera, codec or cable do to the frames of the scene.
    func stage(over source: any FrameSource, seed: UInt64) -> any FrameSource {
        switch self {
        // The noise of the scenes is 3 to 4 ADU: most of its waves are lost, and blocks stand still for some frames on
        // the Moon and Jupiter, for the whole group in the sky.
        case .compression: BlockCompression(source, stepADU: 12, skipBelowADU: 4)
        case .denoising: TemporalSmoothing(source, newShare: 0.3)
        case .unreliableTransport: UnreliableTransport(source, droppedShare: 0.02, repeatedShare: 0.02, seed: seed)
        default: source
        }
    }
}
