// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import JSON

/// The parts that every operation is described by.
extension APIDescription {
    func operation(
        _ identifier: String, _ summary: String, parameters: [JSONText] = [], body: JSONText? = nil,
        answers: [(String, JSONText)], failures: [Int], isProtected: Bool = false
    ) -> JSONText {
        // Any request may come too often, or meet a failure of ours.
        let problems = (failures + [429, 500]).map { code in
            answer(
                "\(code)", HTTPResponse.Status(code: code).reasonPhrase,
                [("application/problem+json", .object([("schema", SchemaText.reference("Problem"))]))])
        }
        var members: [(String, JSONText)] = [("operationId", .string(identifier)), ("summary", .string(summary))]
        if !parameters.isEmpty { members.append(("parameters", .array(parameters))) }
        if let body { members.append(("requestBody", body)) }
        if isProtected { members.append(("security", .array([.object([("token", .array([]))])]))) }
        members.append(("responses", .object(answers + problems)))
        return .object(members)
    }

    func query(_ name: String, _ description: String, _ schema: JSONText) -> JSONText {
        parameter(name, "query", description, schema)
    }

    func parameter(_ name: String, _ place: String, _ description: String, _ schema: JSONText) -> JSONText {
        .object([
            ("name", .string(name)), ("in", .string(place)), ("required", .boolean(place == "path")),
            ("description", .string(description)), ("schema", schema),
        ])
    }

    func json(_ code: String, _ description: String, _ schema: String) -> (String, JSONText) {
        answer(code, description, [("application/json", .object([("schema", SchemaText.reference(schema))]))])
    }

    func answer(_ code: String, _ description: String, _ content: [(String, JSONText)]) -> (String, JSONText) {
        (code, .object([("description", .string(description)), ("content", .object(content))]))
    }
}
