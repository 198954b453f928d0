// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Server
import Telemetry

/// What those who run a centre ask it.
struct OperationRoutes: Sendable {
    let centre: Centre
    let clients: LiveClients
    let counts: RequestCounts
    private let monitor: HealthMonitor

    init(centre: Centre, clients: LiveClients, counts: RequestCounts) {
        self.centre = centre
        self.clients = clients
        self.counts = counts
        monitor = HealthMonitor(centre)
    }

    /// 200 if events can be stored, 503 if not.
    func health(_ request: Request, _ context: PortalRequestContext) async throws -> Response {
        let health = await monitor.health()
        var response = Response(health.json(started: centre.started, live: clients.count))
        response.status = health.archiveFault == nil ? .ok : .serviceUnavailable
        response.headers[.cacheControl] = "no-store"
        return response
    }

    func metrics(_ request: Request, _ context: PortalRequestContext) async throws -> Response {
        let metrics =
            await monitor.health().metrics(started: centre.started) + [
                Metric(
                    "psws_server_stream_clients", .gauge, help: "Clients that follow the stream of events over HTTP.",
                    value: Double(clients.count)),
                Metric(
                    "psws_server_http_responses", .counter, help: "Requests answered over HTTP.", label: "status",
                    values: counts.byKind.map { ($0.kind, Double($0.count)) }),
            ] + (centre.predictions.report?.metrics ?? [])
        return Response(
            text: OpenMetricsText.text(metrics),
            contentType: "application/openmetrics-text; version=1.0.0; charset=utf-8")
    }
}
