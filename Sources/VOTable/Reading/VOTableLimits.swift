// SPDX-License-Identifier: Apache-2.0

/// What a reader of tables accepts at most. Whatever passes a limit is refused with a message that names it.
public struct VOTableLimits: Sendable, Hashable {
    /// Elements of the document outside of rows, fields and parameters among them. Default 131 072.
    public var maximumElements = 131_072
    /// Columns of a table. Default 16 384.
    public var maximumColumns = 16_384
    /// Bytes of one cell, and of one description. Default 16 MiB.
    public var maximumCellBytes = 16 << 20
    /// Bytes of one row. Default 64 MiB.
    public var maximumRowBytes = 64 << 20
    /// Rows that are handed over together. Default 2048.
    public var batchRows = 2048

    /// The default limits.
    public init() {}
}
