// SPDX-License-Identifier: Apache-2.0

/// Types and values of parameters and columns as they are written (section 6).
enum VOTableText {
    /// The type of a column, whose values tell it.
    static func type(of values: VOTableValues) -> VOTableType {
        switch values {
        case .double: VOTableType(.double)
        case .float: VOTableType(.float)
        case .int: VOTableType(.int)
        case .long: VOTableType(.long)
        case .short: VOTableType(.short)
        case .byte: VOTableType(.unsignedByte)
        case .boolean: VOTableType(.boolean)
        case .text(let texts): type(ofTexts: texts)
        case .cells(let cells): cells.type
        }
    }

    /// The type of a parameter.
    static func type(of value: VOTableValue) -> VOTableType {
        switch value {
        case .double: VOTableType(.double)
        case .float: VOTableType(.float)
        case .int: VOTableType(.int)
        case .long: VOTableType(.long)
        case .boolean: VOTableType(.boolean)
        case .text(let text): type(ofTexts: [text])
        }
    }

    static func cell(_ value: VOTableValue) -> String {
        switch value {
        case .double(let value): number(value)
        case .float(let value): number(value)
        case .int(let value): String(value)
        case .long(let value): String(value)
        case .boolean(let value): value ? "true" : "false"
        case .text(let value): value
        }
    }

    /// The shortest decimal that reads back as the same number, with the standard's words for what is not one.
    static func number(_ value: some BinaryFloatingPoint & CustomStringConvertible) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return value.description
    }

    /// Text is an array of characters of any length; one character alone would be read from `char` without a size.
    private static func type(ofTexts texts: [String?]) -> VOTableType {
        let isASCII = texts.allSatisfy { $0?.utf8.allSatisfy { $0 < 128 } ?? true }
        return VOTableType(isASCII ? .char : .unicodeChar, .variable)
    }
}
