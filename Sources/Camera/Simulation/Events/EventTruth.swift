// SPDX-License-Identifier: Apache-2.0

/// What really happened in a simulated scene: one event as the sensor received it, before noise.
public struct EventTruth: Sendable, Hashable {
    /// Position in the scene's list of events.
    public let eventIndex: Int
    /// What it is.
    public let kind: SceneEvent.Kind
    /// The frames that received light of it, in order; never empty. Frames with less than a thousandth of the
    /// brightest one are left out.
    public let samples: [Sample]
    /// Signal to noise ρ of the whole event for the ideal matched filter, which knows place, path and light curve:
    /// `ρ = sqrt(Σ_t Σ_i s_ti² / σ_ti²)`. `s` is the event's light in pixel `i` of frame `t`; for a still event of
    /// amplitude A this is `A sqrt(Σ l_t² Σ p_i² / σ_i²)`. `σ_i²` is the variance of the pixel without the event:
    /// shot noise of the scene and of dark current, read noise, row noise, and rounding (`gain² / 12`). Wander,
    /// scintillation and clouds count in `s` and in the shot noise; the changes they make to the scene from frame
    /// to frame are not noise here. Saturated pixels count nothing.
    public let signalToNoise: Double

    /// The event's light in one frame.
    public struct Sample: Sendable, Hashable {
        /// Number of the frame.
        public let frame: Int
        /// Column of the centre of its light, wander and drift included; 0-based, pixel centre = whole number.
        public let x: Double
        /// Row of the centre of its light.
        public let y: Double
        /// Electrons of it in this frame, as far as they fall into the picture.
        public let fluxElectrons: Double
        /// Signal to noise ρ in this frame alone.
        public let signalToNoise: Double
    }

    /// First frame with light of it.
    public var frameFirst: Int { samples.first?.frame ?? 0 }
    /// Last frame with light of it.
    public var frameLast: Int { samples.last?.frame ?? 0 }
    /// The frame with most light of it.
    public var framePeak: Int { peak?.frame ?? 0 }
    /// The brightest frame's sample.
    public var peak: Sample? { samples.max { abs($0.fluxElectrons) < abs($1.fluxElectrons) } }
    /// Electrons of it in all frames.
    public var fluxElectrons: Double { samples.reduce(0) { $0 + $1.fluxElectrons } }
}
