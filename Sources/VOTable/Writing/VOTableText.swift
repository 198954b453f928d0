// SPDX-License-Identifier: Apache-2.0

/// Types and values as the TABLEDATA serialisation writes them (section 5.1 and 6).
enum VOTableText {
    /// The `datatype` and `arraysize` of a field.
    struct Datatype: Hashable {
        var name: String
        var arraySize: String?
    }

    static func type(of values: VOTableValues) -> Datatype {
        switch values {
        case .double: Datatype(name: "double")
        case .float: Datatype(name: "float")
        case .int: Datatype(name: "int")
        case .long: Datatype(name: "long")
        case .boolean: Datatype(name: "boolean")
        case .text(let texts): type(ofTexts: texts)
        }
    }

    static func type(of value: VOTableValue) -> Datatype {
        switch value {
        case .double: Datatype(name: "double")
        case .float: Datatype(name: "float")
        case .int: Datatype(name: "int")
        case .long: Datatype(name: "long")
        case .boolean: Datatype(name: "boolean")
        case .text(let text): type(ofTexts: [text])
        }
    }

    static func cell(_ values: VOTableValues, row: Int) -> String {
        switch values {
        case .double(let values): values[row].map { number($0) } ?? ""
        case .float(let values): values[row].map { number($0) } ?? ""
        case .int(let values): values[row].map { String($0) } ?? ""
        case .long(let values): values[row].map { String($0) } ?? ""
        case .boolean(let values): values[row].map { $0 ? "true" : "false" } ?? ""
        case .text(let values): values[row] ?? ""
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
    private static func type(ofTexts texts: [String?]) -> Datatype {
        let isASCII = texts.allSatisfy { $0?.utf8.allSatisfy { $0 < 128 } ?? true }
        return Datatype(name: isASCII ? "char" : "unicodeChar", arraySize: "*")
    }
}
