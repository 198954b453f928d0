// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOEmbedded
import NIOPosix
import Testing

@testable import VTP

struct SubmissionHandlerTests {
    /// A submission under way, in virtual time.
    private struct Submission {
        let peer: EmbeddedPeer
        let answer: EventLoopFuture<SubmissionAnswer>

        init() throws {
            // The promise may live on a loop of its own: the handler only completes it.
            let promise = EmbeddedEventLoop().makePromise(of: SubmissionAnswer.self)
            answer = promise.futureResult
            peer = try EmbeddedPeer([
                FrameEncoder(),
                SubmissionHandler(
                    packet: SampleEvents.packet(), ivorn: SampleEvents.ivorn(), place: "broker:8098",
                    answerTimeout: .seconds(30), answer: promise),
            ])
        }

        func failure() -> VTPError? {
            do { _ = try answer.wait() } catch { return error as? VTPError }
            return nil
        }
    }

    @Test func `The event is sent byte for byte as soon as the connection is there`() throws {
        let submission = try Submission()
        #expect(try submission.peer.receive() == SampleEvents.packet())
        try submission.peer.send(
            TransportMessage(role: .ack, origin: SampleEvents.ivorn(), response: "ivo://b/b", timeStamp: nil))
        #expect(try submission.answer.wait() == .acknowledged(response: "ivo://b/b"))
        #expect(!submission.peer.isOpen)
    }

    @Test func `A nak gives all its reasons`() throws {
        let submission = try Submission()
        try submission.peer.send(
            TransportMessage(role: .nak, origin: SampleEvents.ivorn(), timeStamp: nil, result: " one\n\ntwo "))
        #expect(try submission.answer.wait() == .refused(reasons: ["one", "two"]))
    }

    @Test func `A broker that says nothing fails after the time limit and not before`() throws {
        let submission = try Submission()
        submission.peer.pass(seconds: 29)
        #expect(submission.peer.isOpen)
        submission.peer.pass(seconds: 1)
        #expect(!submission.peer.isOpen)
        #expect(submission.failure()?.code == .timedOut)
    }

    @Test func `A broker that closes without an answer is a temporary failure`() throws {
        let submission = try Submission()
        try submission.peer.channel.close().wait()
        #expect(submission.failure()?.code == .closed)
    }

    @Test func `Garbage for an answer is a temporary failure`() throws {
        let submission = try Submission()
        try submission.peer.send(Array("HTTP/1.1 400 Bad Request".utf8))
        #expect(submission.failure()?.code == .garbled)
        #expect(submission.failure()?.place == "broker:8098")
    }

    @Test func `An answer in another protocol is a temporary failure`() throws {
        let submission = try Submission()
        try submission.peer.sendRaw(Array("HTTP/1.1 400 Bad Request\r\n".utf8))
        #expect(submission.failure()?.code == .tooLarge)
    }

    @Test func `An ack for another event does not count`() throws {
        let submission = try Submission()
        try submission.peer.send(TransportMessage(role: .ack, origin: SampleEvents.ivorn(2), timeStamp: nil))
        #expect(submission.failure()?.code == .unexpectedAnswer)
    }

    @Test func `A subscribe port is recognised and the submit port named`() throws {
        let submission = try Submission()
        try submission.peer.send(TransportMessage(role: .authenticate, origin: "ivo://b/b", timeStamp: nil))
        #expect(submission.failure()?.code == .unexpectedAnswer)
        #expect(submission.failure()?.remedy?.contains("8098") == true)
    }

    @Test func `A port where nobody listens is a temporary failure`() async throws {
        // A port that was just free: bound, then given back.
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(channel.localAddress?.port)
        try await channel.close()
        let author = VTPAuthor(
            broker: VTPAddress(host: "127.0.0.1", port: port), eventLoopGroup: MultiThreadedEventLoopGroup.singleton)
        let failure = await #expect(throws: VTPError.self) {
            try await author.submit(SampleEvents.packet(), ivorn: SampleEvents.ivorn())
        }
        #expect(failure?.code == .cannotConnect)
        #expect(failure?.message == "no connection: connection refused")
    }
}
