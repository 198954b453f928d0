// SPDX-License-Identifier: Apache-2.0

/// What came of an append.
public enum AppendResult: Sendable, Hashable {
    /// The event is new and durable.
    case stored(EventSequence)
    /// The event was there already.
    case alreadyStored(EventSequence)
}
