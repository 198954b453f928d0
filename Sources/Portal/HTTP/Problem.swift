// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import JSON

/// Why a request is not answered as it was meant: `application/problem+json`.
///
/// - Reference: RFC 9457, "Problem Details for HTTP APIs"; `reasons` is our extension member.
struct Problem: Error, Sendable, Hashable {
    let status: HTTPResponse.Status
    /// What is wrong, in one sentence.
    let detail: String
    /// Everything that is wrong, one sentence each.
    let reasons: [String]
    /// What else the answer's head says.
    let headers: HTTPFields

    init(
        _ status: HTTPResponse.Status, _ detail: String, reasons: [String] = [], headers: HTTPFields = [:]
    ) {
        self.status = status
        self.detail = detail
        self.reasons = reasons
        self.headers = headers
    }

    /// The answer.
    var response: Response {
        let text = JSONText.object([
            ("type", .string("about:blank")), ("title", .string(status.reasonPhrase)),
            ("status", .integer(status.code)),
            ("detail", .string(detail)), ("reasons", .array(reasons.map { .string($0) })),
        ])
        var response = Response(text, contentType: "application/problem+json")
        response.status = status
        response.headers.append(contentsOf: headers)
        return response
    }
}

extension Response {
    /// An answer of JSON.
    init(_ json: JSONText, contentType: String = "application/json") {
        self.init(text: json.description + "\n", contentType: contentType)
    }

    /// An answer of text.
    init(text: String, contentType: String) {
        self.init(
            status: .ok, headers: [.contentType: contentType], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
