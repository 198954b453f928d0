// SPDX-License-Identifier: Apache-2.0

import Agent
import ArgumentParser
import Console

/// `psws-agent gaps`: when the station did not watch.
struct GapsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gaps",
        abstract: "List the times in which the station did not watch, oldest first, as JSON.",
        discussion: """
            One JSON object a line: from, to (null when the agent ended before), seconds, reason (start, unplugged, \
            stalled, frozen, format, power_cycle, roof, reload, stopped) and text. With the length of the gaps counts \
            of events become rates. The agent may run meanwhile.
            """)

    @Option(help: "Configuration file of the agent.", completion: .file(extensions: ["yaml", "yml"]))
    var config: String?

    @Flag(help: "Print JSON, one object a line; there is no other form.")
    var json = false

    func run() throws {
        let configuration: AgentConfiguration
        do {
            configuration = try config.map { try AgentConfiguration.load($0) } ?? .standard(for: .sky)
        } catch {
            StandardError.write("\(error)")
            throw ExitCode.failure
        }
        let lines = GapFile(besideOutbox: configuration.outbox.directory).lines()
        for line in lines { StandardOutput.write(line) }
        if lines.isEmpty { StandardError.write("psws-agent: no gap is recorded") }
    }
}
