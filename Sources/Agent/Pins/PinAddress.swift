// SPDX-License-Identifier: Apache-2.0

import Settings

/// Where a GPIO line is: by its name (`roof-open`), or by chip and offset (`gpiochip0:17`).
///
/// Names come from the board's device tree and stay when chips are numbered anew. A chip is a number, a name, the path
/// of its device, or its label.
public struct PinAddress: Sendable, Hashable, CustomStringConvertible {
    /// The address as it stands in the configuration.
    public let description: String

    /// An address of 1 to 63 characters without spaces; nil for anything else.
    public init?(_ text: String) {
        let bytes = text.utf8
        guard (1...63).contains(bytes.count), bytes.allSatisfy({ (0x21...0x7E).contains($0) }), bytes.first != 0x3A
        else { return nil }
        description = text
    }
}

extension SettingsValue where Value == PinAddress? {
    /// The address of a GPIO line; never nil once the file was read without mistakes.
    static var pinAddress: SettingsValue {
        SettingsValue(placeholder: nil) { text, _ throws(SettingsFault) in
            guard let address = PinAddress(text) else {
                throw SettingsFault(
                    "'\(text)' is not the address of a GPIO line",
                    remedy: "write its name, or chip:offset such as gpiochip0:17; `gpioinfo` lists both")
            }
            return address
        }
    }
}
