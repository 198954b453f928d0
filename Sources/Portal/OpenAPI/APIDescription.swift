// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import JSON
import Server

/// The interface's description of itself, for programs that make clients and tests of it.
///
/// - Reference: OpenAPI Specification 3.0.3.
struct APIDescription: Sendable {
    let settings: SettingsInForce

    func read(_ request: Request, _ context: PortalRequestContext) async throws -> Response { Response(json) }

    var json: JSONText {
        .object([
            ("openapi", .string("3.0.3")),
            (
                "info",
                .object([
                    ("title", .string("PSWS centre")), ("version", .string("1")),
                    ("description", .string("Events of Planetary Space Weather Services: find, read, follow, submit.")),
                    ("license", .object([("name", .string("Apache-2.0"))])),
                ])
            ), ("paths", .object(paths)), ("components", .object(components)),
        ])
    }
}
