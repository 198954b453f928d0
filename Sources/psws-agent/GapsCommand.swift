// SPDX-License-Identifier: Apache-2.0

import Agent
import ArgumentParser
import Console

/// `psws-agent gaps`: when the station did not watch.
struct GapsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gaps",
        abstract: "List the times in which the station did not watch, oldest first.",
        discussion: """
            A line each: when it began, how long it lasted, why, and what the journal says of it. With the length of \
            the gaps counts of events become rates. The agent may run meanwhile.
            """)

    @Option(
        help: ArgumentHelp(
            "Configuration of the station (default: \(Doctor.usualConfigurationPath)).", valueName: "file"),
        completion: .file(extensions: ["yaml", "yml"]))
    var config: String?

    @Flag(help: "Print JSON, one object a line: from, to (null when the agent ended before), seconds, reason, text.")
    var json = false

    func run() throws {
        let configuration = try AgentConfiguration.load(config ?? Doctor.usualConfigurationPath)
        let gaps = WatchGap.recorded(by: configuration)
        for gap in gaps { StandardOutput.write(json ? gap.json : gap.line) }
        if gaps.isEmpty { StandardError.write("psws-agent: no gap is recorded") }
    }
}
