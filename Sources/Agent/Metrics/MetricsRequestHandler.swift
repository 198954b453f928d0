// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1

/// Answers `GET /metrics` of one connection, and everything else with what is wrong with it.
final class MetricsRequestHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// Bytes of a request's body that are passed over; who sends more is left.
    private static let bodyLimit = 4096

    private let figures: @Sendable () -> String
    private var request: HTTPRequestHead?
    private var bodyBytes = 0

    init(figures: @escaping @Sendable () -> String) { self.figures = figures }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            request = head
            bodyBytes = 0
        case .body(let bytes):
            bodyBytes += bytes.readableBytes
            if bodyBytes > Self.bodyLimit { context.close(promise: nil) }
        case .end:
            guard let request else { return }
            self.request = nil
            answer(request, context)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent { context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func answer(_ request: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let path = request.uri.prefix { $0 != "?" }
        var headers: HTTPHeaders = ["Content-Type": "text/plain; charset=utf-8"]
        let status: HTTPResponseStatus
        var body: String
        switch (path, request.method) {
        case ("/metrics", .GET), ("/metrics", .HEAD):
            status = .ok
            headers = ["Content-Type": "application/openmetrics-text; version=1.0.0; charset=utf-8"]
            body = figures()
        case ("/metrics", _):
            status = .methodNotAllowed
            headers.add(name: "Allow", value: "GET, HEAD")
            body = "only GET is answered here\n"
        default:
            status = .notFound
            body = "the agent's figures are at /metrics\n"
        }
        headers.add(name: "Content-Length", value: String(body.utf8.count))
        if request.method == .HEAD { body = "" }
        if !request.isKeepAlive { headers.add(name: "Connection", value: "close") }
        context.write(
            wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: status, headers: headers))), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(context.channel.allocator.buffer(string: body)))), promise: nil)
        let written = context.writeAndFlush(wrapOutboundOut(.end(nil)))
        if !request.isKeepAlive {
            let channel = context.channel
            written.whenComplete { _ in channel.close(promise: nil) }
        }
    }
}
