// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// One submission on one connection: writes the event, waits for the answer, completes the promise once.
final class SubmissionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let packet: [UInt8]
    private let ivorn: String
    private let place: String
    private let answerTimeout: TimeAmount
    private var answer: EventLoopPromise<SubmissionAnswer>?
    private var timer: Scheduled<Void>?

    init(
        packet: [UInt8], ivorn: String, place: String, answerTimeout: TimeAmount,
        answer: EventLoopPromise<SubmissionAnswer>
    ) {
        self.packet = packet
        self.ivorn = ivorn
        self.place = place
        self.answerTimeout = answerTimeout
        self.answer = answer
    }

    func channelActive(context: ChannelHandlerContext) {
        let seconds = answerTimeout.nanoseconds / 1_000_000_000
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: answerTimeout) {
            self.finish(
                .failure(
                    VTPError(
                        .timedOut, place: self.place, message: "the broker gave no answer within \(seconds) s",
                        remedy: "the event is kept; it may be sent again")),
                context: context)
        }
        context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(bytes: packet)), promise: nil)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        finish(Result { () throws(VTPError) in try read(Array(buffer: unwrapInboundIn(data))) }, context: context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        finish(
            .failure(VTPError(.closed, place: place, message: "the broker closed the connection without an answer")),
            context: context)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let failure =
            (error as? VTPError)?.at(place) ?? VTPError(.closed, place: place, message: connectionFailure(error))
        finish(.failure(failure), context: context)
    }

    private func read(_ bytes: [UInt8]) throws(VTPError) -> SubmissionAnswer {
        let message: TransportMessage
        do { message = try TransportMessage(parsing: bytes) } catch { throw error.at(place) }
        switch message.role {
        case .authenticate, .iamalive:
            throw VTPError(
                .unexpectedAnswer, place: place, message: "the peer treats us as a subscriber (\(message.role))",
                remedy: "authors use the broker's submit port, usually \(VTPAddress.submitPort)")
        case .ack, .nak:
            guard message.origin == ivorn else {
                throw VTPError(
                    .unexpectedAnswer, place: place,
                    message: "the broker answered for another event, \"\(message.origin.printable)\"")
            }
        }
        return message.role == .ack
            ? .acknowledged(response: message.response) : .refused(reasons: message.reasons)
    }

    private func finish(_ result: Result<SubmissionAnswer, VTPError>, context: ChannelHandlerContext) {
        guard let answer else { return }
        self.answer = nil
        timer?.cancel()
        timer = nil
        answer.completeWith(result.mapError { $0 as any Error })
        context.close(promise: nil)
    }
}
