// SPDX-License-Identifier: Apache-2.0

/// How much light an event of a simulated scene gives.
public enum SceneEventStrength: Sendable, Hashable {
    /// Electrons of the whole event, its light curve integrated from start to end, under a clear sky. Light that
    /// falls between two exposures or outside of the frame is lost, as in a camera. Negative for a dark insect.
    case totalElectrons(Double)
    /// Signal to noise ρ of the whole event for the ideal matched filter; see `EventTruth.signalToNoise`.
    case signalToNoise(Double)
    /// Signal to noise of the brightest frame alone, for long events that a person would judge by what a single
    /// frame shows.
    case peakFrameSignalToNoise(Double)
    /// The light of an impact on the Moon.
    case lunarImpact(LunarImpact)
}
