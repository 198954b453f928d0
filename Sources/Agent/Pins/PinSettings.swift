// SPDX-License-Identifier: Apache-2.0

/// Which GPIO line it is and how it is wired.
public struct PinSettings: Sendable, Hashable {
    /// Resistors inside the chip that hold a line which nobody drives.
    public enum Bias: String, Sendable, Hashable, CaseIterable {
        /// As the board has it.
        case asIs = "as_is"
        /// None.
        case disabled
        /// Towards the supply voltage: for a switch to ground.
        case pullUp = "pull_up"
        /// Towards ground: for a switch to the supply voltage.
        case pullDown = "pull_down"
    }

    /// The line.
    public var address: PinAddress
    /// True if a low voltage means active.
    public var isActiveLow = false
    /// Resistors inside the chip.
    public var bias = Bias.asIs
    /// Seconds for which a level must stand before it counts, 0 to not debounce; of inputs.
    public var debounceSeconds = 0.0

    /// A line that is active when high, without resistor and debouncing.
    public init(address: PinAddress) { self.address = address }
}
