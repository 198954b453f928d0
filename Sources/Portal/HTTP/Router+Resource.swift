// SPDX-License-Identifier: Apache-2.0

import Hummingbird

/// Answers one kind of request.
typealias Handler = @Sendable (Request, PortalRequestContext) async throws -> Response

extension Router where Context == PortalRequestContext {
    /// A resource with what can be done to it. `HEAD` is answered where `GET` is; other methods are told what there is.
    func resource(_ path: RouterPath, _ handlers: [(HTTPRequest.Method, Handler)]) {
        for (method, handler) in handlers { on(path, method: method, use: handler) }
        let known = handlers.map(\.0)
        let allowed = known + (known.contains(.get) ? [.head] : []) + [.options]
        let allow = allowed.map(\.rawValue).joined(separator: ", ")
        on(path, method: .options) { _, _ in
            Response(
                status: .noContent,
                headers: [
                    .allow: allow, .accessControlAllowMethods: "GET, HEAD", .accessControlMaxAge: "86400",
                    .accessControlAllowHeaders: "Accept, Last-Event-ID",
                ])
        }
        let others: [HTTPRequest.Method] = [.get, .post, .put, .delete, .patch, .trace, .connect, .query]
        for method in others where !known.contains(method) {
            on(path, method: method) { _, _ -> Response in
                throw Problem(.methodNotAllowed, "this can be done here: \(allow)", headers: [.allow: allow])
            }
        }
    }
}

extension HTTPRequest.Method {
    /// A reading request with a body; no part of this interface.
    fileprivate static var query: HTTPRequest.Method { HTTPRequest.Method("QUERY") ?? .trace }
}
