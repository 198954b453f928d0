// SPDX-License-Identifier: Apache-2.0

import Foundation
import Hummingbird
import Logging
import NIOCore
import Server
import ServiceLifecycle
import VTP

import struct HummingbirdCore.HTTP1Channel

/// The centre over HTTP: events to search, read, follow and submit; health and metrics.
///
/// What people see in a browser is going to stand beside the routes of programs, in a folder of its own.
public struct WebFace: CentreFace {
    /// Time in which requests may end when the server shuts down.
    private static let shutdownPatience = Duration.seconds(10)

    private let centre: Centre
    private let settings: SettingsInForce
    private let connections = ConnectionCounter()

    /// The face of a centre; nothing is opened yet.
    public init(_ centre: Centre) {
        self.centre = centre
        settings = SettingsInForce(centre.configuration)
    }

    /// Puts tokens and limits in force. What belongs to the listening itself, address, port, number of connections, size
    /// of heads and idle time, stays as it was.
    public func apply(_ configuration: ServerConfiguration) { settings.replace(by: configuration) }

    /// Serves until the task is told to shut down gracefully or is cancelled.
    ///
    /// If no port was asked for and the usual one is taken, it does without: somebody who starts a second broker on a
    /// machine need not know of the web.
    ///
    /// - Parameter onListening: called once, with the real port, or nil if it does without one.
    /// - Throws: `ServerError` with code `cannotListen`.
    public func run(onListening: @escaping @Sendable (VTPAddress?) -> Void) async throws {
        let address = address
        let application = application { channel in
            onListening(VTPAddress(host: address.host, port: channel.localAddress?.port ?? address.port))
        }
        do {
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await application.run() }
                tasks.addTask {
                    try? await gracefulShutdown()
                    try? await Task.sleep(for: WebFace.shutdownPatience)
                }
                defer { tasks.cancelAll() }
                try await tasks.next()
            }
        } catch let error as IOError {
            let failure = ServerError(
                .cannotListen, place: address.description,
                message: "cannot listen for HTTP: \(String(cString: strerror(error.errnoCode)))",
                remedy: "choose another port with --http-port, or 'http: {enabled: false}' in the configuration")
            guard settings.http.port == nil, error.errnoCode == EADDRINUSE else { throw failure }
            centre.logger.warning("nothing is served over HTTP", metadata: ["reason": "\(failure)"])
            onListening(nil)
            try? await gracefulShutdown()
        }
    }

    /// Where to listen.
    private var address: VTPAddress {
        VTPAddress(
            host: settings.http.host ?? centre.configuration.host,
            port: settings.http.port ?? HTTPConfiguration.standardPort)
    }

    /// The application; a test runs it without a network.
    func application(
        onListening: @escaping @Sendable (any Channel) -> Void = { _ in }
    ) -> some ApplicationProtocol {
        let limits = settings.http.limits
        let (settings, connections, logger) = (settings, connections, centre.logger)
        let decoder = HTTP1Channel.Configuration.DecoderConfiguration(
            maxHeaderFieldSize: limits.maximumHeaderBytes, maxHeaderListSize: limits.maximumHeaderBytes,
            maxHeaderFieldCount: 200)
        return Application(
            router: router(),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [
                        ConnectionGuard(settings: settings, counter: connections, logger: logger)
                    ],
                    idleTimeout: .seconds(Int64(limits.idleTimeoutSeconds)), httpDecoderConfiguration: decoder)),
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port), serverName: "psws-server",
                availableConnectionsDelegate: .maximum(limits.maximumConnections, logger: logger)),
            onServerRunning: { onListening($0) },
            eventLoopGroupProvider: .shared(centre.eventLoopGroup), logger: logger)
    }

    private func router() -> Router<PortalRequestContext> {
        let counts = RequestCounts()
        let events = EventRoutes(archive: centre.archive, settings: settings)
        let submission = SubmissionRoute(broker: centre.broker, settings: settings)
        let live = LiveRoute(archive: centre.archive, settings: settings)
        let operation = OperationRoutes(centre: centre, clients: live.clients, counts: counts)
        let description = APIDescription(settings: settings)
        let router = Router(context: PortalRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: AnswerMiddleware(counts: counts))
        router.add(middleware: RateMiddleware(settings: settings))
        router.resource("/health", [(.get, operation.health)])
        router.resource("/metrics", [(.get, operation.metrics)])
        router.resource("/api/v1/openapi.json", [(.get, description.read)])
        router.resource("/api/v1/events", [(.get, events.list), (.post, submission.submit)])
        router.resource("/api/v1/events/:ivorn", [(.get, events.read)])
        router.resource("/api/v1/events/:ivorn/citations", [(.get, events.citations)])
        let products = ProductRoute(
            directory: "\(centre.configuration.dataDirectory)/\(PredictionRounds.productFolder)")
        router.resource("/products/:name", [(.get, products.read)])
        router.resource("/api/v1/stream", [(.get, live.follow)])
        return router
    }
}
