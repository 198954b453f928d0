// SPDX-License-Identifier: Apache-2.0

/// The values of a column, all of one type; nil is written as an empty cell, which means "no value" for every type.
public enum VOTableValues: Sendable, Hashable {
    /// Numbers of 64 bits.
    case double([Double?])
    /// Numbers of 32 bits.
    case float([Float?])
    /// Whole numbers of 32 bits.
    case int([Int32?])
    /// Whole numbers of 64 bits.
    case long([Int64?])
    /// True or false.
    case boolean([Bool?])
    /// Text of any length, written as `char`, or as `unicodeChar` if a value is not ASCII.
    case text([String?])
    /// Whole numbers of 16 bits.
    case short([Int16?])
    /// Whole numbers from 0 to 255.
    case byte([UInt8?])
    /// Arrays, complex numbers and bits.
    case cells(VOTableCells)

    /// Number of rows.
    public var count: Int {
        switch self {
        case .double(let values): values.count
        case .float(let values): values.count
        case .int(let values): values.count
        case .long(let values): values.count
        case .boolean(let values): values.count
        case .text(let values): values.count
        case .short(let values): values.count
        case .byte(let values): values.count
        case .cells(let cells): cells.count
        }
    }
}

/// One value of a parameter.
public enum VOTableValue: Sendable, Hashable {
    /// A number of 64 bits.
    case double(Double)
    /// A number of 32 bits.
    case float(Float)
    /// A whole number of 32 bits.
    case int(Int32)
    /// A whole number of 64 bits.
    case long(Int64)
    /// True or false.
    case boolean(Bool)
    /// Text of any length.
    case text(String)
}
