// SPDX-License-Identifier: Apache-2.0

import Agent
import ArgumentParser
import Logging
import Settings
import Telemetry

/// `psws-agent run`: the service.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Watch the configured camera and report to the broker, until SIGTERM or Ctrl-C.",
        discussion: """
            Every alert is in the outbox on disk, with its evidence, before anything is sent; it is sent again until \
            the broker has acknowledged it. A camera that is not there is waited for. With recordings or a simulated \
            camera it ends by itself.

            SIGHUP makes it read the configuration again; a file with mistakes is refused, and the present one stays.

            The journal goes to standard error. 'psws-agent check-config FILE' checks the configuration first; \
            firmware-config has an example for each target.
            """)

    @Option(help: ArgumentHelp("Configuration of the station.", valueName: "file"), completion: .file())
    var config: String

    func run() async throws {
        let configuration = try AgentConfiguration.load(config)
        let level = configuration.log.loggerLevel
        let logger = Logger(label: "psws-agent") { ServiceLog.handler(program: $0, level: level) }
        let path = config
        try await AgentService(
            configuration: configuration, logger: logger,
            reload: { () throws(ConfigurationError) in try AgentConfiguration.load(path) }
        ).run()
    }
}
