// SPDX-License-Identifier: Apache-2.0

import Glibc
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix

/// `/metrics` over HTTP on the loopback interface, for a Prometheus on the same computer.
///
/// What leaves the box is for the operator to decide: a reverse proxy or an SSH tunnel, with the access rules of the
/// site. The endpoint therefore listens on 127.0.0.1 alone, and serves a few clients at a time.
struct MetricsEndpoint: Sendable {
    /// Clients served at a time; more are turned away.
    static let clientLimit = 8
    /// Seconds after which a client that says nothing is left.
    private static let idleSeconds: Int64 = 30

    /// TCP port; 0 for one that is free.
    let port: Int
    let eventLoopGroup: any EventLoopGroup
    let logger: Logger
    /// The figures of this moment, as OpenMetrics text.
    let figures: @Sendable () -> String

    /// Serves until the task is cancelled. A port that is taken is said once and tried again every half minute:
    /// observing goes on without.
    ///
    /// - Parameters:
    ///   - listening: is told the port as soon as clients can come.
    ///   - wait: lets the time between attempts pass.
    func run(
        listening: @Sendable (Int) -> Void = { _ in },
        wait: @Sendable () async throws -> Void = { try await Task.sleep(for: .seconds(30)) }
    ) async {
        var isFailureTold = false
        while !Task.isCancelled {
            do {
                let server = try await bind()
                let port = server.localAddress?.port ?? port
                logger.info("metrics: http://127.0.0.1:\(port)/metrics")
                listening(port)
                await withTaskCancellationHandler {
                    try? await server.closeFuture.get()
                } onCancel: {
                    server.close(promise: nil)
                }
            } catch {
                if !isFailureTold {
                    logger.warning(
                        "metrics: port \(port) cannot be used: \(Self.reason(error)) (give metrics.port another)")
                }
                isFailureTold = true
            }
            // Cancelled: the condition of the loop ends it.
            try? await wait()
        }
    }

    private func bind() async throws -> any Channel {
        let clients = ClientCount(limit: Self.clientLimit)
        return try await ServerBootstrap(group: eventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { [figures] client in
                client.eventLoop.makeCompletedFuture {
                    // A channel whose setup fails is closed.
                    guard clients.enter(client) else { throw ChannelError.ioOnClosedChannel }
                    try client.pipeline.syncOperations.addHandler(
                        IdleStateHandler(allTimeout: .seconds(Self.idleSeconds)))
                    try client.pipeline.syncOperations.configureHTTPServerPipeline()
                    try client.pipeline.syncOperations.addHandler(MetricsRequestHandler(figures: figures))
                }
            }
            .bind(host: "127.0.0.1", port: port).get()
    }

    private static func reason(_ error: any Error) -> String {
        (error as? IOError).map { String(cString: strerror($0.errnoCode)).lowercased() } ?? "\(error)"
    }
}
