// SPDX-License-Identifier: Apache-2.0

/// Changes of an input that are reported.
public enum PinEdges: Sendable, Hashable {
    /// Only the change to active, as of a pulse whose beginning counts.
    case activation
    /// Every change.
    case both
}
