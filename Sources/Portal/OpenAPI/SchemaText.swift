// SPDX-License-Identifier: Apache-2.0

import JSON

/// Schemas of OpenAPI 3.0 in few words.
enum SchemaText {
    static let text = type("string")
    static let boolean = type("boolean")
    static let number = type("number")
    static let integer = type("integer")
    static let time = JSONText.object([("type", .string("string")), ("format", .string("date-time"))])

    static func text(_ length: ClosedRange<Int>) -> JSONText {
        .object([
            ("type", .string("string")), ("minLength", .integer(length.lowerBound)),
            ("maxLength", .integer(length.upperBound)), ("pattern", .string("^[^\\u0000]*$")),
        ])
    }

    static func text(pattern: String) -> JSONText {
        .object([("type", .string("string")), ("pattern", .string(pattern))])
    }

    static func integer(_ range: ClosedRange<Int>) -> JSONText {
        .object([
            ("type", .string("integer")), ("minimum", .integer(range.lowerBound)),
            ("maximum", .integer(range.upperBound)),
        ])
    }

    static func choice(_ values: [String]) -> JSONText {
        .object([("type", .string("string")), ("enum", .array(values.map { .string($0) }))])
    }

    static func list(of element: JSONText) -> JSONText {
        .object([("type", .string("array")), ("items", element)])
    }

    /// An object that has all members; those in `optional` may be null.
    static func object(_ members: [(String, JSONText)], optional: Set<String> = []) -> JSONText {
        .object([
            ("type", .string("object")), ("required", .array(members.map { .string($0.0) })),
            ("properties", .object(members.map { ($0.0, optional.contains($0.0) ? orNull($0.1) : $0.1) })),
        ])
    }

    /// A value, or null.
    static func orNull(_ schema: JSONText) -> JSONText {
        guard case .object(let members) = schema else { return schema }
        guard members.contains(where: { $0.0 == "type" }) else {
            return .object([("nullable", .boolean(true)), ("allOf", .array([schema]))])
        }
        return .object(members + [("nullable", .boolean(true))])
    }

    /// What stands in the components under a name.
    static func reference(_ name: String) -> JSONText {
        .object([("$ref", .string("#/components/schemas/\(name)"))])
    }

    private static func type(_ name: String) -> JSONText { .object([("type", .string(name))]) }
}
