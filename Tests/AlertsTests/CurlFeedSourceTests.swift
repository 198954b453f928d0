// SPDX-License-Identifier: Apache-2.0

import Foundation
import NIOCore
import NIOPosix
import Testing
import Transfer

@testable import Alerts

@Suite struct CurlFeedSourceTests {
    private let source = CurlFeedSource(threads: .singleton)

    /// What the source makes of a server that answers every connection with these bytes.
    private func answer(
        _ bytes: String, path: String = "/feed", unless validators: WebValidators = WebValidators()
    ) async throws -> WebAnswer {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Answer(bytes: bytes))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(server.localAddress?.port)
        let result: Result<WebAnswer, AlertError>
        do throws(AlertError) {
            let feed = Feed(name: "f", address: "http://127.0.0.1:\(port)\(path)")
            result = .success(try await source.fetch(feed, unless: validators))
        } catch {
            result = .failure(error)
        }
        try await server.close().get()
        return try result.get()
    }

    @Test func `Content comes with what it is known by again`() async throws {
        let answer = try await answer(
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nETag: \"x1\"\r\nLast-Modified: Mon, 01 Jan 2024 00:00:00 GMT\r\n\r\n[]"
        )
        let validators = WebValidators(etag: "\"x1\"", modified: "Mon, 01 Jan 2024 00:00:00 GMT")
        #expect(answer == .content(Array("[]".utf8), validators))
    }

    @Test func `What has not changed is not fetched again`() async throws {
        let answer = try await answer(
            "HTTP/1.1 304 Not Modified\r\nETag: \"x1\"\r\n\r\n", unless: WebValidators(etag: "\"x1\""))
        #expect(answer == .unchanged)
    }

    @Test func `A failure says why`() async throws {
        let missing = await #expect(throws: AlertError.self) {
            try await answer("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        }
        #expect(missing?.code == .unreachable && missing?.message.contains("404") == true)
        let silent = await #expect(throws: AlertError.self) {
            try await source.fetch(Feed(name: "f", address: "http://127.0.0.1:1/x"), unless: WebValidators())
        }
        #expect(silent?.message.contains("127.0.0.1") == true)
    }

    @Test func `A feed that leads to a file of this computer is not followed`() async throws {
        let failure = await #expect(throws: AlertError.self) {
            try await answer("HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n")
        }
        #expect(failure?.code == .unreachable)
    }

    @Test func `A feed without end is too large`() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("psws-feed-\(UUID())").path
        #expect(FileManager.default.createFile(atPath: path, contents: nil))
        defer { try? FileManager.default.removeItem(atPath: path) }
        // A hole of the size takes no room.
        #expect(truncate(path, CurlFeedSource.maximumBytes + 1) == 0)
        let failure = await #expect(throws: AlertError.self) {
            try await source.fetch(Feed(name: "f", address: "file://\(path)"), unless: WebValidators())
        }
        #expect(failure?.code == .tooLarge)
    }

    private final class Answer: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let bytes: String

        init(bytes: String) { self.bytes = bytes }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let channel = context.channel
            context.writeAndFlush(NIOAny(channel.allocator.buffer(string: bytes))).whenComplete { _ in
                channel.close(promise: nil)
            }
        }
    }
}
