// SPDX-License-Identifier: Apache-2.0

/// What kind of event a PSWS packet is about: the value of the parameter `event_type`.
public struct PSWSEventType: RawRepresentable, Sendable, Hashable {
    /// The kind as written in packets.
    public let rawValue: String
    /// A kind by its name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// A flash on the night side of the Moon: a meteoroid that struck the ground.
    public static let lunarFlash = PSWSEventType(rawValue: "lunar_flash")
    /// A fireball in the atmosphere of Jupiter, or of another planet.
    public static let fireball = PSWSEventType(rawValue: "fireball")
    /// A meteor in the atmosphere of the Earth.
    public static let meteor = PSWSEventType(rawValue: "meteor")

    /// The kinds that observatory boxes report.
    public static let detected: [PSWSEventType] = [.lunarFlash, .fireball, .meteor]

    /// What it is, for `Why/Concept` and for people; the name itself for kinds that are not known here.
    public var concept: String {
        switch self {
        case .lunarFlash: "lunar impact flash"
        case .fireball: "fireball in a planetary atmosphere"
        case .meteor: "meteor"
        default: rawValue
        }
    }
}
