// SPDX-License-Identifier: Apache-2.0

import Logging
import Synchronization
import Testing
import UTC

@testable import Telemetry

@Suite struct LineLogHandlerTests {
    private final class Lines: Sendable {
        let all = Mutex<[String]>([])
    }

    private let lines = Lines()

    private func logger(_ style: LogLineStyle, label: String = "camera") -> Logger {
        Logger(label: label) { [lines] label in
            LineLogHandler(
                label: label, style: style, now: { UTCInstant(nanosecondsSince1970: 1_795_377_600_250_000_000) },
                write: { line in lines.all.withLock { $0.append(line) } })
        }
    }

    private var written: [String] { lines.all.withLock { $0 } }

    @Test func `A terminal gets time, level, label, message and metadata`() {
        logger(.timed).warning("no frame for 0.25 s", metadata: ["camera": "/dev/video0", "why": "cable or power"])
        #expect(
            written == [
                "2026-11-22T20:00:00.250Z warning camera: no frame for 0.25 s "
                    + "camera=/dev/video0 why=\"cable or power\"\n"
            ])
    }

    @Test func `The journal gets its priority`() {
        var logger = logger(.journal, label: "")
        logger.logLevel = .trace
        for level in Logger.Level.allCases { logger.log(level: level, "x") }
        #expect(written == ["<7>x\n", "<7>x\n", "<6>x\n", "<5>x\n", "<4>x\n", "<3>x\n", "<2>x\n"])
    }

    @Test func `Levels below the least are silent`() {
        logger(.journal).debug("x")
        #expect(written.isEmpty)
    }

    @Test func `Nothing makes a second line or reaches the terminal as a command`() {
        logger(.journal).info("a\nb\r\u{1b}[31m\u{2028}", metadata: ["k\n": "v\n\"w\" \u{85}"])
        #expect(written == [#"<6>camera: a\nb\r\u{1b}[31m\u{2028} k\n="v\n\"w\" \u{85}""# + "\n"])
    }

    @Test func `Metadata of the message goes before that of the logger, and an error is named`() {
        struct Trouble: Error, CustomStringConvertible { var description: String { "place: message" } }
        var logger = logger(.journal)
        logger[metadataKey: "camera"] = "1"
        logger[metadataKey: "station"] = ""
        logger.error("x", error: Trouble(), metadata: ["camera": "2"])
        #expect(written == ["<3>camera: x camera=2 error=\"place: message\" station=\"\"\n"])
    }

    @Test func `A line of any length is cut at a whole character`() {
        logger(.journal).info("\(String(repeating: "é", count: 10_000))")
        let line = written.first ?? ""
        #expect(line.utf8.count <= LineLogHandler.maximumLineBytes + 1)
        #expect(line.utf8.count > LineLogHandler.maximumLineBytes - 3)
        #expect(line.hasSuffix("é…\n"))
    }

    @Test func `Standard error is the journal only when it is the stream that systemd names`() {
        #expect(LogLineStyle.ofStandardError { _ in nil } == .timed)
        #expect(LogLineStyle.ofStandardError { _ in "1:1" } == .timed)
    }
}
