// SPDX-License-Identifier: Apache-2.0

import CV4L2

/// Puts a camera's controls to what the operator asked for, automatic modes first, and reads each back.
///
/// No difference is an error: a camera that rounds, clamps or lacks a control still observes. Each is noted.
struct V4L2ControlSetter {
    /// What came out otherwise than asked, a sentence each.
    private(set) var notices: [String] = []

    private let device: V4L2Device
    private let controls: [V4L2Control]

    init(device: V4L2Device) {
        self.device = device
        controls = device.controls()
    }

    /// Exposure is counted in steps of 100 µs by `V4L2_CID_EXPOSURE_ABSOLUTE`.
    private static let exposureUnitSeconds = 1e-4

    private static let manualExposure = Int(V4L2_EXPOSURE_MANUAL.rawValue)

    /// Sets everything that `options` ask for, in the order in which controls depend on each other.
    mutating func apply(_ options: V4L2CameraOptions) {
        if options.exposureSeconds != nil || options.gain != nil {
            setIfPresent(UInt32(V4L2_CID_EXPOSURE_AUTO), to: V4L2ControlSetter.manualExposure)
            // With this priority off, the camera keeps its frame rate whatever the light.
            setIfPresent(UInt32(V4L2_CID_EXPOSURE_AUTO_PRIORITY), to: 0)
            setIfPresent(UInt32(V4L2_CID_AUTOGAIN), to: 0)
        }
        if options.whiteBalanceKelvin != nil { setIfPresent(UInt32(V4L2_CID_AUTO_WHITE_BALANCE), to: 0) }
        if let seconds = options.exposureSeconds { setExposure(seconds) }
        if let gain = options.gain {
            set([UInt32(V4L2_CID_ANALOGUE_GAIN), UInt32(V4L2_CID_GAIN)], to: gain, meaning: "gain")
        }
        if let kelvin = options.whiteBalanceKelvin {
            set([UInt32(V4L2_CID_WHITE_BALANCE_TEMPERATURE)], to: kelvin, meaning: "white balance")
        }
        for (name, value) in options.controls.sorted(by: { $0.key < $1.key }) {
            if let control = controls.first(where: { $0.name == name }) {
                set(control, to: value)
            } else {
                notices.append("\(name): this camera has no such control; it has \(list(controls.map(\.name)))")
            }
        }
    }

    /// The exposure that the camera works with, in seconds; nil if it does not say or rules it by itself.
    func exposureSeconds() -> Double? {
        let automatic = UInt32(V4L2_CID_EXPOSURE_AUTO)
        if control(automatic) != nil, device.value(ofControl: automatic) != V4L2ControlSetter.manualExposure {
            return nil
        }
        guard let control = control(UInt32(V4L2_CID_EXPOSURE_ABSOLUTE)),
            let value = device.value(ofControl: control.identifier), value > 0
        else { return nil }
        return Double(value) * V4L2ControlSetter.exposureUnitSeconds
    }

    private func control(_ identifier: UInt32) -> V4L2Control? {
        controls.first { $0.identifier == identifier }
    }

    private mutating func setExposure(_ seconds: Double) {
        guard let control = control(UInt32(V4L2_CID_EXPOSURE_ABSOLUTE)) else {
            notices.append("exposure: this camera has no control for it in seconds; set its own one under `controls`")
            return
        }
        let units = (seconds / V4L2ControlSetter.exposureUnitSeconds).rounded()
        guard let units = Int(exactly: units) else {
            notices.append("exposure: \(seconds) s is no exposure time")
            return
        }
        set(control, to: units)
    }

    private mutating func setIfPresent(_ identifier: UInt32, to value: Int) {
        if let control = control(identifier), control.isWritable { set(control, to: value) }
    }

    /// Sets the first of `identifiers` that the camera has.
    private mutating func set(_ identifiers: [UInt32], to value: Int, meaning: String) {
        if let control = identifiers.lazy.compactMap(control).first {
            set(control, to: value)
        } else {
            notices.append("\(meaning): this camera has no control for it")
        }
    }

    private mutating func set(_ control: V4L2Control, to value: Int) {
        let possible = min(max(value, control.range.lowerBound), control.range.upperBound)
        let result = device.setControl(control.identifier, to: possible)
        guard result >= 0 else {
            let error = CameraError.system(-result, path: device.path, purpose: "set it to \(value)")
            notices.append("\(control.name): \(error.message)")
            return
        }
        let taken = device.value(ofControl: control.identifier)
        if control.kind != .button, let taken, taken != value {
            notices.append("\(control.name): asked for \(value), the camera took \(taken)")
        }
    }
}

/// Names in a row for a message, not more than a person reads.
private func list(_ names: [String]) -> String {
    names.isEmpty ? "none" : names.prefix(40).joined(separator: ", ") + (names.count > 40 ? ", …" : "")
}
