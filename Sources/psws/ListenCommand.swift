// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Console
import Logging
import NIOPosix
import Synchronization
import SystemPackage
import UTC
import VTP
import XML

/// `psws listen`: the subscriber for people and scripts.
struct ListenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "listen",
        abstract: "Listen to a broker and print the VOEvents that it sends.",
        discussion: """
            Prints a line for each event: when it came, its role, its ivorn and its size. For example:
              psws listen 127.0.0.1:8099 --filter '//Param[@name="event_type"][@value="lunar_flash"]' --save events

            Goes on until it is interrupted, or until --count events have come. A lost connection is made again.
            """)

    @Argument(help: ArgumentHelp("The broker's subscribe port (usually 8099).", valueName: "host:port"))
    var broker: String

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Only events for which this XPath 1.0 expression is true; may be repeated, any of them is enough.",
            valueName: "xpath"))
    var filter: [String] = []

    @Option(name: .long, help: ArgumentHelp("End after this many events.", valueName: "n"))
    var count: Int?

    @Option(name: .long, help: ArgumentHelp("Keep each event, byte for byte, in a file there.", valueName: "dir"))
    var save: String?

    @Option(name: .long, help: ArgumentHelp("The name under which to answer the broker.", valueName: "ivoid"))
    var identity = "ivo://psws.local/listener"

    @Option(
        name: .long,
        help: ArgumentHelp(
            "First what the broker received after this time (or event number); psws-server knows it, Comet does not.",
            valueName: "iso8601"))
    var resumeAfter: String?

    @OptionGroup
    var security: TLSOptions

    mutating func validate() throws {
        if let resumeAfter, ResumePoint(resumeAfter) == nil {
            throw ValidationError("--resume-after '\(resumeAfter)' is neither a time in ISO 8601 nor a whole number.")
        }
        guard count.map({ $0 > 0 }) ?? true else { throw ValidationError("--count must be 1 or more.") }
        _ = try address()
        for expression in filter {
            do { _ = try XPathFilter(expression) } catch {
                throw ValidationError("--filter '\(expression)': \(error.message).")
            }
        }
    }

    func run() async throws {
        let folder = try save.map { try EventFolder(path: $0) }
        let options = SubscriberOptions(
            broker: try address(), identity: identity, filters: filter, firstConnectionMustSucceed: true)
        let subscriber = VTPSubscriber(
            options: options, shield: try security.shield(), eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: Logger(label: "psws") { label in
                var handler = StreamLogHandler.standardError(label: label)
                handler.logLevel = .warning
                return handler
            })
        let tally = Tally()
        let count = count
        let point = resumeAfter.flatMap { ResumePoint($0) }
        // Once events have come, a second try would bring them again.
        try await subscriber.run(
            resumeAfter: { tally.count == 0 ? point : nil }, onReady: { StandardError.write("listening to \($0)") }
        ) { event in
            var line = "\(UTCInstant.now().iso8601(fractionDigits: 0)) \(event.envelope.role.printable)"
            line += " \(event.envelope.ivorn.printable) \(event.packet.count) bytes"
            if let folder { line += " \(try folder.save(event.packet, ivorn: event.envelope.ivorn))" }
            // At once, since a program may wait for it; print would hold it back in a pipe.
            try FileDescriptor.standardOutput.writeAll((line + "\n").utf8)
            return tally.increase() == count ? .stop : .goOn
        }
    }

    private func address() throws -> VTPAddress {
        do { return try VTPAddress(broker) } catch { throw ValidationError("\(error)") }
    }
}

/// Counts what several tasks see.
private final class Tally: Sendable {
    private let value = Mutex(0)

    /// The count so far.
    var count: Int { value.withLock { $0 } }

    /// The count with this one.
    func increase() -> Int {
        value.withLock { value in
            value += 1
            return value
        }
    }
}
