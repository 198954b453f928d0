// SPDX-License-Identifier: Apache-2.0

/// How well an event is established, in the words of the lunar-flash surveys, used for all targets alike.
///
/// Reference: A. Liakos et al., "NELIOTA: Methods, statistics, and results for meteoroids impacting the Moon",
/// Astronomy & Astrophysics 633 (2020), A112, tells validated from suspected flashes; the letters are PSWS's.
public enum EventClass: String, Sendable, Hashable, CaseIterable {
    /// A: seen by two cameras or at two sites, at the same place and time. One station alone never says this.
    case validated = "A"
    /// B: seen in several frames by one camera.
    case suspectedSeveralFrames = "B"
    /// C: seen in one frame by one camera, where a particle or a glint cannot be excluded; or so faint that it passed
    /// the threshold of a campaign only.
    case suspectedSingleFrame = "C"
    /// X: not what the station looks for; the reasons say why.
    case rejected = "X"

    /// The class in words, for people.
    public var name: String {
        switch self {
        case .validated: "validated"
        case .suspectedSeveralFrames: "suspected, several frames"
        case .suspectedSingleFrame: "suspected, one frame or faint"
        case .rejected: "rejected"
        }
    }
}

extension DetectedEvent {
    /// How well the event is established by this camera alone: B, C or X. The codes of `reasons` say why.
    public var eventClass: EventClass {
        guard isAlert else { return .rejected }
        // Of what noise makes more often than usually accepted no more is said than of a single frame.
        guard !reasons.contains(where: { $0.code == Reason.belowUsualThreshold }) else { return .suspectedSingleFrame }
        return standsOutWithoutItsPeak ? .suspectedSeveralFrames : .suspectedSingleFrame
    }

    /// True if the frames beside the brightest show the event by themselves.
    ///
    /// A neighbour counts among an event's frames from 2.5 σ on, which noise reaches once in eighty times. 3.5 σ for
    /// all of them together, Σ (f / σ) / √n, is reached by noise once in thousands.
    private var standsOutWithoutItsPeak: Bool {
        var sum = 0.0
        var count = 0.0
        for point in track where point.frame != framePeak && point.fluxErrorADU > 0 {
            sum += point.fluxADU / point.fluxErrorADU
            count += 1
        }
        return count > 0 && sum >= 3.5 * count.squareRoot()
    }
}
