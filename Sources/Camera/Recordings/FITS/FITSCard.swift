// SPDX-License-Identifier: Apache-2.0

/// One line of a FITS header: a keyword, its value and what it means.
///
/// - Reference: FITS standard 4.0, sections 4.1 and 4.2.
public struct FITSCard: Sendable, Hashable {
    /// A value of one of the types that FITS knows.
    public enum Value: Sendable, Hashable {
        /// Text; characters outside printable ASCII are written as `?`.
        case text(String)
        /// A whole number.
        case integer(Int)
        /// A real number; it must be finite.
        case real(Double)
        /// True or false.
        case logical(Bool)
    }

    /// One to eight of the characters `A–Z`, `0–9`, `-` and `_`.
    public var keyword: String
    /// The value.
    public var value: Value
    /// Unit, written in brackets before the comment as the standard recommends, for example `s`.
    public var unit: String?
    /// What the value means.
    public var comment: String

    /// A card from its parts.
    public init(_ keyword: String, _ value: Value, unit: String? = nil, comment: String = "") {
        self.keyword = keyword
        self.value = value
        self.unit = unit
        self.comment = comment
    }
}
