// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import NIOCore
import VTP

/// Limits how many requests an address makes.
struct RateMiddleware: RouterMiddleware {
    let settings: SettingsInForce
    let rates = RateLimiter()

    func handle(
        _ request: Request, context: PortalRequestContext,
        next: (Request, PortalRequestContext) async throws -> Response
    ) async throws -> Response {
        let limits = settings.http.limits
        guard
            rates.allows(
                context.address, perMinute: limits.requestsPerMinute, burst: limits.requestBurst, now: .now())
        else {
            throw Problem(.tooManyRequests, "this address asks too often", headers: [.retryAfter: "60"])
        }
        return try await next(request, context)
    }
}
