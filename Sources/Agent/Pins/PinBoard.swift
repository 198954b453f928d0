// SPDX-License-Identifier: Apache-2.0

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
