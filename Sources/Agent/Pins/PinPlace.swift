// SPDX-License-Identifier: Apache-2.0

/// Where a line is and who has it.
public struct PinPlace: Sendable, Hashable {
    /// Name of the chip, such as `gpiochip0`.
    public var chip: String
    /// Number of the line on it.
    public var offset: Int
    /// Who uses the line at the moment, as he calls himself (perhaps not at all); nil if nobody does.
    public var user: String?

    /// A place from its parts.
    public init(chip: String, offset: Int, user: String? = nil) {
        self.chip = chip
        self.offset = offset
        self.user = user
    }
}
