// SPDX-License-Identifier: Apache-2.0

import CV4L2

// The device's controls.
extension V4L2Device {
    /// A driver with more controls than this is broken.
    private static let maximumControlCount = 512

    /// Every control that is switched on, in the driver's order, with its present value.
    func controls() -> [V4L2Control] {
        var controls: [V4L2Control] = []
        var identifier: UInt32 = 0
        for _ in 0..<V4L2Device.maximumControlCount {
            var query = v4l2_query_ext_ctrl()
            query.id = identifier | UInt32(V4L2_CTRL_FLAG_NEXT_CTRL)
            guard call(.CV4L2_QUERY_EXT_CTRL, &query) >= 0, query.id > identifier else { break }
            identifier = query.id
            if var control = V4L2Control(query) {
                if control.kind != .button, query.flags & UInt32(V4L2_CTRL_FLAG_WRITE_ONLY) == 0 {
                    control.value = value(ofControl: identifier)
                }
                controls.append(control)
            }
        }
        return controls
    }

    /// The present value of a control; nil if it cannot be read.
    func value(ofControl identifier: UInt32) -> Int? {
        var control = v4l2_control(id: identifier, value: 0)
        return call(.CV4L2_G_CTRL, &control) >= 0 ? Int(control.value) : nil
    }

    /// Sets a control: 0 or more, or `-errno`.
    func setControl(_ identifier: UInt32, to value: Int) -> Int32 {
        guard let value = Int32(exactly: value) else { return -ERANGE }
        var control = v4l2_control(id: identifier, value: value)
        return call(.CV4L2_S_CTRL, &control)
    }
}

extension V4L2Control {
    /// The control that a driver describes; nil for one that is switched off, only a heading, or no plain number.
    fileprivate init?(_ query: v4l2_query_ext_ctrl) {
        let kind: Kind
        switch v4l2_ctrl_type(query.type) {
        case V4L2_CTRL_TYPE_INTEGER: kind = .integer
        case V4L2_CTRL_TYPE_BOOLEAN: kind = .boolean
        case V4L2_CTRL_TYPE_MENU, V4L2_CTRL_TYPE_INTEGER_MENU: kind = .menu
        case V4L2_CTRL_TYPE_BITMASK: kind = .bitmask
        case V4L2_CTRL_TYPE_BUTTON: kind = .button
        default: return nil
        }
        guard query.flags & UInt32(V4L2_CTRL_FLAG_DISABLED) == 0, query.minimum <= query.maximum else { return nil }
        self.init(
            identifier: query.id, name: variableName(textOfFixedArray(query.name)), kind: kind,
            range: Int(query.minimum)...Int(query.maximum), step: Int(clamping: max(query.step, 1)),
            defaultValue: Int(query.default_value),
            isWritable: query.flags & UInt32(V4L2_CTRL_FLAG_READ_ONLY) == 0,
            isInactive: query.flags & UInt32(V4L2_CTRL_FLAG_INACTIVE) != 0)
    }
}

/// `Exposure Time, Absolute` becomes `exposure_time_absolute`, as `v4l2-ctl` writes it.
func variableName(_ name: String) -> String {
    var result = ""
    for character in name.lowercased() {
        if character.isASCII, character.isLetter || character.isNumber {
            result.append(character)
        } else if !result.isEmpty, result.last != "_" {
            result.append("_")
        }
    }
    if result.last == "_" { result.removeLast() }
    return result
}
