// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
import Testing

@testable import Agent

/// Answers as chronyd 4.3 of Debian 12 gave them to requests with the sequence number 0x01020304.
@Suite struct ChronyPacketTests {
    /// A client of another chrony on the same machine.
    private static let client =
        "060200000021000500000000000000000102030400000000000000007f0000017f0000010000000000000000000000000001000000030000"
        + "000000006b03b78a37f67b96dd33c162d4fb85dcd8a57919f73fe583f0ffd032fa8fc224e0e4f120dadb8f1904806f60"
    /// A chrony with nothing but `local stratum 1`.
    private static let local =
        "060200000021000500000000000000000102030400000000000000007f7f0101000000000000000000000000000000000000000000010000"
        + "000000006b03b7650bba3081000000000000000000000000000000000000000000000000000000000000000000000000"

    private func bytes(_ digits: String) -> [UInt8] {
        let digits = Array(digits.utf8)
        return stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
        }
    }

    @Test func `A recorded answer reads as chronyc prints it`() throws {
        let answer = bytes(Self.client)
        #expect(answer.count == ChronyPacket.length)
        let tracking = try #require(ChronyPacket.tracking(in: answer, sequence: 0x0102_0304))
        #expect(tracking.reference == "127.0.0.1" && tracking.stratum == 3 && tracking.isSynchronised)
        // chronyc: 0.000001521 seconds fast, RMS offset 0.000000308, root delay 0.000006823, dispersion 0.000000860.
        #expect(abs(tracking.correctionSeconds + 1.521e-6) < 1e-9)
        #expect(abs(tracking.rmsOffsetSeconds - 0.308e-6) < 1e-9)
        #expect(abs(tracking.rootDelaySeconds - 6.823e-6) < 1e-9)
        // It grows all the time, and chronyc asked a moment later.
        #expect(tracking.rootDispersionSeconds > 0.8e-6 && tracking.rootDispersionSeconds < 0.860e-6)
        #expect(abs(tracking.maximumErrorSeconds - 5.79e-6) < 0.1e-6)
        #expect(tracking.source == "chrony: stratum 3, follows 127.0.0.1, estimated error 3 µs, at most 6 µs")
    }

    @Test func `A chrony that follows its own clock alone is not synchronised with anything`() throws {
        let tracking = try #require(ChronyPacket.tracking(in: bytes(Self.local), sequence: 0x0102_0304))
        #expect(!tracking.isSynchronised && tracking.source == "chrony: not synchronised")
    }

    @Test func `A reference clock has its letters`() throws {
        var answer = bytes(Self.client)
        answer.replaceSubrange(28..<32, with: Array("PPS\0".utf8))
        answer.replaceSubrange(48..<50, with: [0, 0])
        #expect(ChronyPacket.tracking(in: answer, sequence: 0x0102_0304)?.reference == "PPS")
        answer.replaceSubrange(28..<32, with: [1, 2, 0xAB, 0])
        #expect(ChronyPacket.tracking(in: answer, sequence: 0x0102_0304)?.reference == "0102AB00")
    }

    @Test(arguments: [0, 1, 4, 5, 7, 9, 19])
    func `What is not the answer to our request is not believed`(position: Int) {
        var answer = bytes(Self.client)
        answer[position] ^= 0x10
        #expect(ChronyPacket.tracking(in: answer, sequence: 0x0102_0304) == nil)
        #expect(ChronyPacket.tracking(in: bytes(Self.client).dropLast(), sequence: 0x0102_0304) == nil)
        #expect(ChronyPacket.tracking(in: [], sequence: 0) == nil)
    }

    @Test func `The request is as chronyc sends it`() {
        let request = ChronyPacket.trackingRequest(sequence: 0x0102_0304)
        #expect(request.count == 104 && request.prefix(12) == [6, 1, 0, 0, 0, 33, 0, 0, 1, 2, 3, 4])
        #expect(request.dropFirst(12).allSatisfy { $0 == 0 })
    }

    @Test(
        arguments: [
            (0, 0), (0x0200_0001, 0x1p-24), (0x0300_0000, -1), (0x05FF_FFFF, -0x1p-23), (0xFFFF_FFFF, -0x1p-26),
        ] as [(UInt32, Double)])
    func `chrony's fractions have signs in both parts`(word: UInt32, value: Double) {
        #expect(ChronyPacket.fraction(word) == value)
    }

    @Test func `Over the wire the answer comes back, and silence is nothing`() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let answer = bytes(Self.client)
        let server = try await DatagramBootstrap(group: group)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ChronyServer(answer: answer))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(server.localAddress?.port)
        let tracking = await ChronyClient(eventLoopGroup: group, port: port, timeout: .seconds(30)).tracking()
        #expect(tracking?.stratum == 3)
        try await server.close()
        #expect(await ChronyClient(eventLoopGroup: group, port: port, timeout: .milliseconds(1)).tracking() == nil)
        try await group.shutdownGracefully()
    }
}

/// Gives one answer to every request, with the request's number.
private final class ChronyServer: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    private let answer: [UInt8]

    init(answer: [UInt8]) { self.answer = answer }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let request = unwrapInboundIn(data)
        var answer = answer
        answer.replaceSubrange(16..<20, with: Array(request.data.readableBytesView)[8..<12])
        context.writeAndFlush(
            wrapOutboundOut(
                AddressedEnvelope(remoteAddress: request.remoteAddress, data: ByteBuffer(bytes: answer))), promise: nil)
    }
}
