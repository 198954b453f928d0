// SPDX-License-Identifier: Apache-2.0

import Crypto
import NIOCore
import NIOSSL
import NIOTLS
import VTP

/// Keeps a connection from VTP until TLS protects it, and says what goes wrong in words.
///
/// To the handlers behind it the connection begins when it is protected. One that never is ends with an error.
final class HandshakeGate: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// Completed when the connection is protected: see `ConnectionShield.protect`.
    let protection: EventLoopFuture<[UInt8]?>

    private let patience: TimeAmount
    private var promise: EventLoopPromise<[UInt8]?>?
    private var isOpen = false
    private var timer: Scheduled<Void>?

    init(patience: TimeAmount, eventLoop: any EventLoop) {
        self.patience = patience
        let promise = eventLoop.makePromise(of: [UInt8]?.self)
        self.promise = promise
        protection = promise.futureResult
    }

    func channelActive(context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: patience) {
            let seconds = self.patience.nanoseconds / 1_000_000_000
            self.fail(
                VTPError(.notProtected, place: "TLS", message: "the peer does not agree on TLS within \(seconds) s"),
                context: context)
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if isOpen { return context.fireChannelInactive() }
        fail(
            VTPError(.notProtected, place: "TLS", message: "the peer closed the connection before TLS was agreed on"),
            context: context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        promise?.fail(VTPError(.notProtected, place: "TLS", message: "the connection was given up"))
        promise = nil
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted = event { open(context: context) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Many peers end TCP without ending TLS first. The frames of VTP tell whether something is missing.
        if case NIOSSLError.uncleanShutdown = error { return }
        let failure = error is NIOSSLError || error is BoringSSLError || error is NIOSSLExtraError
        fail(failure ? TLSFailure.words(for: error) : error, context: context)
    }

    private func open(context: ChannelHandlerContext) {
        guard !isOpen else { return }
        timer?.cancel()
        do {
            let certificate = try context.pipeline.syncOperations.nioSSL_peerCertificate()
            let key = try certificate.map { Array(SHA256.hash(data: try $0.extractPublicKey().toSPKIBytes())) }
            isOpen = true
            promise?.succeed(key)
            promise = nil
            context.fireChannelActive()
        } catch {
            fail(TLSFailure.words(for: error), context: context)
            context.close(promise: nil)
        }
    }

    /// Before the connection is protected, one error is enough: more follow from it.
    private func fail(_ error: any Error, context: ChannelHandlerContext) {
        timer?.cancel()
        guard isOpen || promise != nil else { return }
        promise?.fail(error)
        promise = nil
        context.fireErrorCaught(error)
    }
}
