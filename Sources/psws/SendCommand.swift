// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Console
import NIOPosix
import VTP

/// `psws send`: the author for people and scripts.
struct SendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send",
        abstract: "Send VOEvents to a broker and say what it answers.",
        usage: "psws send [--timeout SECONDS] [--tls [--ca FILE] [--certificate FILE --key FILE]] FILE ... HOST:PORT",
        discussion: """
            Each FILE holds one VOEvent, which is sent byte for byte; - reads standard input. For example:
              psws send flash.xml 127.0.0.1:8098

            Prints a line for each file: "acknowledged", "refused" with the broker's reasons, or "not sent". \
            Exit code 0 if all were acknowledged, else 1.
            """)

    /// Largest file that is read, in bytes; brokers accept less.
    private static let maximumBytes = 16 << 20

    @Option(name: .long, help: ArgumentHelp("Seconds to wait for an answer.", valueName: "seconds"))
    var timeout = 30

    @OptionGroup
    var security: TLSOptions

    @Argument(
        help: ArgumentHelp("Files, then the broker's submit port (usually 8098).", valueName: "file ... host:port"))
    var operands: [String]

    mutating func validate() throws {
        guard operands.count >= 2 else { throw ValidationError("Give at least one FILE and then HOST:PORT.") }
        guard (1...3600).contains(timeout) else { throw ValidationError("--timeout must be from 1 to 3600 seconds.") }
        _ = try broker()
    }

    func run() async throws {
        let author = VTPAuthor(
            broker: try broker(), limits: .init(answerTimeoutSeconds: timeout), shield: try security.shield(),
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton)
        var failures = 0
        for file in operands.dropLast() where await !send(file, by: author) { failures += 1 }
        if failures > 0 { throw ExitCode.failure }
    }

    private func broker() throws -> VTPAddress {
        do { return try VTPAddress(operands[operands.count - 1]) } catch { throw ValidationError("\(error)") }
    }

    /// True if the broker acknowledged the event.
    private func send(_ file: String, by author: VTPAuthor) async -> Bool {
        do {
            let packet = try InputFile.bytes(of: file, limit: SendCommand.maximumBytes)
            let ivorn = try ivorn(of: packet, file: file)
            switch try await author.submit(packet, ivorn: ivorn) {
            case .acknowledged(let response):
                StandardOutput.write("acknowledged \(ivorn.printable)" + (response.map { " by \($0.printable)" } ?? ""))
                return true
            case .refused(let reasons):
                StandardOutput.write("refused \(ivorn.printable)")
                for reason in reasons { StandardOutput.write("  \(reason.printable)") }
                return false
            }
        } catch {
            StandardError.write("\(file): not sent: \(error)")
            return false
        }
    }

    private func ivorn(of packet: [UInt8], file: String) throws(VTPError) -> String {
        guard case .event(let envelope) = try IncomingMessage(parsing: packet) else {
            throw VTPError(.garbled, place: file, message: "not a VOEvent but a transport message")
        }
        guard !envelope.ivorn.isEmpty else {
            throw VTPError(
                .garbled, place: file, message: "the VOEvent has no ivorn", remedy: "see psws validate \(file)")
        }
        return envelope.ivorn
    }
}
