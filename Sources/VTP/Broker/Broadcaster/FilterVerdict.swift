// SPDX-License-Identifier: Apache-2.0

/// What a filter says of the events of a batch.
enum FilterVerdict: Sendable, Hashable {
    /// For each event, in order, whether it is wanted.
    case wanted([Bool])
    /// The filter takes too long and is not asked any more.
    case tooCostly
}
