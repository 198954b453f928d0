// SPDX-License-Identifier: Apache-2.0

/// Rows of a table that were read together, column by column.
public struct VOTableRows: Sendable {
    /// Number of the first of them in the table, from 0.
    public let firstRow: Int
    /// How many there are.
    public let count: Int
    /// The cells of each column, as many as there are rows.
    public let columns: [VOTableCells]
}
