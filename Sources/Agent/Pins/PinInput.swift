// SPDX-License-Identifier: Apache-2.0

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
