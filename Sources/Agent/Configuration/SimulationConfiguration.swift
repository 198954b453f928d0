// SPDX-License-Identifier: Apache-2.0

import Settings

/// A computed scene of the target in the place of a camera, for trials without hardware.
public struct SimulationConfiguration: Sendable, Hashable {
    /// Decides every random number; equal seeds give equal scenes.
    public var seed = 1
    /// Length of the scene in seconds.
    public var durationSeconds = 60.0
    /// Bits of a sample, 8...16.
    public var bitsPerSample = 8
    /// Events of the target (flashes, fireballs or meteors), a minute.
    public var eventsPerMinute = 6.0
    /// Signal to noise of a whole event, at the least.
    public var minimumSignalToNoise = 12.0
    /// Whether satellites, cosmic rays and the like are mixed in.
    public var hasDistractors = true

    init() {}

    init(_ section: inout SettingsSection) {
        seed = section.read("seed", .integer(0...Int(Int32.max)), default: seed)
        durationSeconds = section.read("duration", .seconds(1...864_000), default: durationSeconds)
        bitsPerSample = section.read("bits", .integer(8...16), default: bitsPerSample)
        let eventsPerSecond = section.readIfPresent("event_rate", .perSecond(0...10))
        eventsPerMinute = eventsPerSecond.map { $0 * 60 } ?? eventsPerMinute
        minimumSignalToNoise = section.read("event_snr", .number(1...1000), default: minimumSignalToNoise)
        hasDistractors = section.read("distractors", .boolean, default: hasDistractors)
    }
}
