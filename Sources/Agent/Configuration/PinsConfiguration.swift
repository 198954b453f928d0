// SPDX-License-Identifier: Apache-2.0

import Settings

/// The GPIO lines of the box and what is wired to them. Each is optional; without any the box needs no GPIO.
public struct PinsConfiguration: Sendable, Hashable {
    /// A switch that tells whether the roof or dome is open.
    public struct Roof: Sendable, Hashable {
        /// What the roof is while the line is active.
        public enum State: String, Sendable, Hashable, CaseIterable {
            case open, closed
        }

        /// The switch.
        public var line: PinSettings
        /// What the roof is while the line is active.
        public var whenActive: State

        init?(_ section: inout SettingsSection) {
            let line = PinSettings(&section, debounces: true)
            whenActive = section.read("active", .choice(), default: .open)
            guard let line else { return nil }
            self.line = line
        }
    }

    /// A relay in the camera's supply: active is on.
    public struct CameraPower: Sendable, Hashable {
        /// The relay.
        public var line: PinSettings
        /// Seconds without power, for capacitors to run empty.
        public var offSeconds: Double

        init?(_ section: inout SettingsSection) {
            let line = PinSettings(&section, debounces: false)
            offSeconds = section.read("off", .seconds(0.5...60), default: 5)
            guard let line else { return nil }
            self.line = line
        }
    }

    /// A button that lets frames pass unsearched while somebody works at the telescope: pressed once it begins, pressed
    /// again it ends.
    public struct PauseButton: Sendable, Hashable {
        /// The button, active while it is pressed.
        public var line: PinSettings
        /// Seconds after which a forgotten pause ends by itself.
        public var longestSeconds: Double

        init?(_ section: inout SettingsSection) {
            let line = PinSettings(&section, debounces: true)
            longestSeconds = section.read("longest", .seconds(60...86_400), default: 3600)
            guard let line else { return nil }
            self.line = line
        }
    }

    /// Whether the roof or dome is open; nil without such a switch.
    public var roof: Roof?
    /// A rain sensor, active in rain; nil without one.
    public var rain: PinSettings?
    /// The camera's power; nil if it cannot be switched.
    public var cameraPower: CameraPower?
    /// Pulses at the full seconds, as GPS receivers give them: active at the second; nil without.
    public var pps: PinSettings?
    /// A light that shows how the station does; nil without.
    public var statusLight: PinSettings?
    /// A light in the field of view that `psws-agent calibrate-timing` blinks; nil without.
    public var timingLight: PinSettings?
    /// A button for whoever works at the telescope; nil without.
    public var pauseButton: PauseButton?

    init() {}

    init(_ section: inout SettingsSection) {
        // nil is a section that is not there, or one with a mistake that is reported.
        roof = section.sectionIfPresent("roof") { Roof(&$0) } ?? nil
        rain = section.sectionIfPresent("rain") { PinSettings(&$0, debounces: true) } ?? nil
        cameraPower = section.sectionIfPresent("camera_power") { CameraPower(&$0) } ?? nil
        pps = section.sectionIfPresent("pps") { PinSettings(&$0, debounces: false) } ?? nil
        statusLight = section.sectionIfPresent("status_light") { PinSettings(&$0, debounces: false) } ?? nil
        timingLight = section.sectionIfPresent("timing_light") { PinSettings(&$0, debounces: false) } ?? nil
        pauseButton = section.sectionIfPresent("pause_button") { PauseButton(&$0) } ?? nil
        rejectSharedLines(&section)
    }

    /// Every line with the key of its section, in the order of the file format.
    var lines: [(key: String, settings: PinSettings)] {
        let lines: [(String, PinSettings?)] = [
            ("roof", roof?.line), ("rain", rain), ("camera_power", cameraPower?.line), ("pps", pps),
            ("status_light", statusLight), ("timing_light", timingLight), ("pause_button", pauseButton?.line),
        ]
        return lines.compactMap { key, settings in settings.map { (key, $0) } }
    }

    private func rejectSharedLines(_ section: inout SettingsSection) {
        var users: [PinAddress: String] = [:]
        for (key, settings) in lines {
            if let other = users[settings.address] {
                section.reject(
                    key, "the line '\(settings.address)' serves pins.\(other) already",
                    remedy: "give each its own line")
            }
            users[settings.address] = key
        }
    }
}

extension PinSettings {
    /// How long the contacts of a switch may bounce, with a margin: milliseconds for most, tens for large ones.
    private static let usualDebounceSeconds = 0.05

    /// Reads the keys that every line has; nil after a mistake, which the section keeps.
    ///
    /// - Parameter debounces: whether it is an input whose level is followed.
    init?(_ section: inout SettingsSection, debounces: Bool) {
        let address = section.read("line", .pinAddress)
        let isActiveLow = section.read("active_low", .boolean, default: false)
        let bias = section.read("bias", .choice(Bias.self), default: .asIs)
        let debounce =
            debounces ? section.read("debounce", .seconds(0...10), default: Self.usualDebounceSeconds) : 0
        guard let address else { return nil }
        self.init(address: address)
        self.isActiveLow = isActiveLow
        self.bias = bias
        debounceSeconds = debounce
    }
}
