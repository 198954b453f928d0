// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import NIOPosix
import VTP
import VTPTrials

/// A broker that stores in memory, for the agent to send to.
struct TestBroker {
    let broker: VTPBroker
    let log: MemoryLog

    init() async throws {
        log = MemoryLog()
        let address = VTPAddress(host: "127.0.0.1", port: 0)
        broker = try await VTPBroker(
            options: BrokerOptions(identity: "ivo://broker/x", submitAddress: address, subscribeAddress: address),
            log: log, eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: Logger(label: "broker") { _ in SwiftLogNoOpLogHandler() })
    }

    var port: Int { broker.submitAddress.port }
}

/// A peer that listens where a broker should, and misbehaves.
final class BadBroker: Sendable {
    /// What it does with whoever connects.
    enum Manner: Sendable {
        /// Closes the connection at once.
        case closes
        /// Takes everything and says nothing.
        case stalls
        /// Writes these bytes after the first that it gets, and leaves the line open.
        case answers([UInt8])
    }

    let port: Int
    private let listener: any Channel

    init(_ manner: Manner) async throws {
        listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                switch manner {
                case .closes: return channel.close()
                case .stalls: return channel.eventLoop.makeSucceededVoidFuture()
                case .answers(let bytes):
                    return channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(Answerer(answer: bytes))
                    }
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = listener.localAddress?.port ?? 0
    }

    func close() async throws { try await listener.close().get() }

    /// A message with its length in front.
    static func framed(_ text: String) -> [UInt8] {
        withUnsafeBytes(of: UInt32(text.utf8.count).bigEndian) { Array($0) } + Array(text.utf8)
    }

    private final class Answerer: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let answer: [UInt8]
        private var hasAnswered = false

        init(answer: [UInt8]) { self.answer = answer }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard !hasAnswered else { return }
            hasAnswered = true
            context.writeAndFlush(NIOAny(context.channel.allocator.buffer(bytes: answer)), promise: nil)
        }
    }
}
