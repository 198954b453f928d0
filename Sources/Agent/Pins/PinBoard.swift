// SPDX-License-Identifier: Apache-2.0

import Camera

/// Where GPIO lines come from: the chips of the box, or virtual lines in tests.
public protocol PinBoard: Sendable {
    /// Looks for a line without taking it.
    ///
    /// - Throws: `PinError`: `.missing`, `.forbidden`, `.inputOutput`.
    func find(_ address: PinAddress) throws(PinError) -> PinPlace

    /// Takes a line as an input that reports changes.
    ///
    /// - Parameter edges: which changes are reported.
    /// - Throws: `PinError`; `.busy` if another program has the line.
    func input(_ settings: PinSettings, edges: PinEdges) throws(PinError) -> any PinInput

    /// Takes a line as an output and drives it at once.
    ///
    /// - Throws: `PinError`; `.busy` if another program has the line.
    func output(_ settings: PinSettings, isActive: Bool) throws(PinError) -> any PinOutput
}

/// A line whose level somebody else decides. It is used from one thread at a time, and given back with its last
/// reference.
public protocol PinInput: AnyObject, Sendable {
    /// True if the line is active; of a debounced line, if it has been for long enough.
    func read() throws(PinError) -> Bool

    /// Waits for the next change, for `seconds` at the most; nil if there was none.
    func nextEdge(withinSeconds seconds: Double) throws(PinError) -> PinEdge?

    /// Gives the line back and takes it again, after it has failed.
    func retake() throws(PinError)
}

/// A line that the agent drives. It is given back with its last reference.
public protocol PinOutput: AnyObject, Sendable {
    /// Makes the line active or inactive.
    func set(isActive: Bool) throws(PinError)
}

/// Changes of an input that are reported.
public enum PinEdges: Sendable, Hashable {
    /// Only the change to active, as of a pulse whose beginning counts.
    case activation
    /// Every change.
    case both
}

/// A change of an input.
public struct PinEdge: Sendable, Hashable {
    /// When the kernel saw it; of a debounced line, when the new level had stood for long enough.
    public var instant: MonotonicInstant
    /// The new level.
    public var isActive: Bool

    /// A change from its parts.
    public init(instant: MonotonicInstant, isActive: Bool) {
        self.instant = instant
        self.isActive = isActive
    }
}

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
