// SPDX-License-Identifier: Apache-2.0

import Agent
import ArgumentParser
import Console

/// `psws-agent doctor`: what is wrong with this station.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look at everything that the station needs, and say what to do.",
        discussion: """
            One line each: ok, warning or failed, what was found, and what to do about it. Looks at the configuration, \
            the camera and who uses it, the outbox, the disk, the broker (nothing is submitted), the clock and its \
            chrony, the board's heat, supply and card, the service and its metrics. The agent may run meanwhile. As \
            root it sees everything.

            Exit code 0 if nothing has failed, warnings or not; 1 if something has.
            """)

    @Option(
        help: ArgumentHelp(
            "Configuration of the station (default: \(Doctor.usualConfigurationPath)).", valueName: "file"),
        completion: .file(extensions: ["yaml", "yml"]))
    var config: String?

    @Flag(help: "Print JSON, one object a line.")
    var json = false

    func run() async throws {
        let isWell = await Doctor(configurationPath: config ?? Doctor.usualConfigurationPath).examine { finding in
            StandardOutput.write(json ? finding.json : finding.text)
        }
        if !isWell { throw ExitCode.failure }
    }
}
