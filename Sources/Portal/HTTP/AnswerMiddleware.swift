// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Logging

/// The outermost layer: makes an answer of every failure, counts answers, and says in every head what browsers shall
/// know.
struct AnswerMiddleware: RouterMiddleware {
    let counts: RequestCounts

    func handle(
        _ request: Request, context: PortalRequestContext,
        next: (Request, PortalRequestContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch let problem as Problem {
            response = problem.response
        } catch let error as HTTPError {
            let detail = error.status == .notFound ? "there is nothing at this path" : error.body ?? ""
            response = Problem(error.status, detail, headers: error.headers).response
        } catch {
            // What went wrong inside is for the log, not for the client.
            context.logger.error("a request failed", metadata: ["reason": "\(error)", "peer": "\(context.peer)"])
            response = Problem(.internalServerError, "the server failed; it is logged").response
        }
        // Packets are strangers' documents: a browser must neither run what is in them nor guess what they are.
        response.headers[.contentSecurityPolicy] = "default-src 'none'; sandbox"
        response.headers[.xContentTypeOptions] = "nosniff"
        // Reading is free to all, so pages of other sites may read, too. Tokens are not sent by themselves.
        response.headers[.accessControlAllowOrigin] = "*"
        counts.count(response.status)
        return response
    }
}
