// SPDX-License-Identifier: Apache-2.0

import Logging
import Synchronization
import Testing

@testable import Telemetry

@Suite struct JournalLogHandlerTests {
    private final class Entries: Sendable {
        let all = Mutex<[String]>([])
    }

    private let entries = Entries()

    private var logger: Logger {
        Logger(label: "x") { [entries] _ in
            JournalLogHandler(
                identifier: "psws-agent", level: .trace,
                send: { entry in
                    entries.all.withLock { $0.append(entry) }
                    return true
                })
        }
    }

    private var written: [String] { entries.all.withLock { $0 } }

    @Test func `An entry has text, priority, program and a field for each metadata value`() {
        var logger = logger
        logger[metadataKey: "camera"] = "/dev/video0"
        logger.warning("no frame", metadata: ["event": "ivo://psws.test/sky#1"])
        #expect(
            written == [
                "MESSAGE=no frame\nPRIORITY=4\nSYSLOG_IDENTIFIER=psws-agent\nPSWS_CAMERA=/dev/video0\n"
                    + "PSWS_EVENT=ivo://psws.test/sky#1\n"
            ])
    }

    @Test func `Every level has its priority`() {
        for level in Logger.Level.allCases { logger.log(level: level, "x") }
        #expect(
            written.map { $0.split(separator: "\n")[1] } == [7, 7, 6, 5, 4, 3, 2].map { "PRIORITY=\($0)" })
    }

    @Test func `Nothing that is quoted makes a field of its own`() {
        logger.info("a\nPRIORITY=0", metadata: ["a b=\n_é": "x\n_PID=1"])
        #expect(
            written == [
                "MESSAGE=a\\nPRIORITY=0\nPRIORITY=6\nSYSLOG_IDENTIFIER=psws-agent\nPSWS_A_B____=x\\n_PID=1\n"
            ])
    }

    @Test func `Values and names of any length are cut`() {
        logger.info("\(String(repeating: "é", count: 100_000))", metadata: [String(repeating: "k", count: 100): "v"])
        let lines = (written.first ?? "").split(separator: "\n")
        #expect(lines[0].utf8.count <= "MESSAGE=".utf8.count + JournalLogHandler.maximumValueBytes)
        #expect(lines[0].hasSuffix("é…"))
        #expect(lines[3].split(separator: "=")[0].count == 64)
    }

    @Test func `Standard error decides where the log goes`() {
        #expect(ServiceLog.handler(program: "x", level: .info, style: .journal) is JournalLogHandler)
        #expect(ServiceLog.handler(program: "x", level: .info, style: .timed) is LineLogHandler)
    }
}
