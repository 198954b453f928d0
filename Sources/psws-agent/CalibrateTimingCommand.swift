// SPDX-License-Identifier: Apache-2.0

import Agent
import ArgumentParser
import Console

/// `psws-agent calibrate-timing`: how late the camera's time stamps are.
struct CalibrateTimingCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate-timing",
        abstract: "Measure how late the camera's time stamps are, with the timing light.",
        discussion: """
            Blinks the light of pins.timing_light, which must be in the field of view, at known instants, and compares \
            them with the frames. What comes out is stored beside the outbox; the agent corrects the time of every \
            event by it, and counts its error, while camera, size, rate and exposure stay the same.

            The agent must not run meanwhile: stop it with 'systemctl stop psws-agent'. Takes half a minute, longer \
            with a short exposure.
            """)

    @Option(
        help: ArgumentHelp(
            "Configuration of the station (default: \(Doctor.usualConfigurationPath)).", valueName: "file"),
        completion: .file(extensions: ["yaml", "yml"]))
    var config: String?

    @Option(help: "Pulses of light, 30 to 5000; without this as many as the exposure needs.")
    var pulses: Int?

    @Flag(help: "Print one JSON object.")
    var json = false

    @Flag(help: "Do not store the result.")
    var dryRun = false

    func validate() throws {
        if let pulses, !(30...5000).contains(pulses) { throw ValidationError("--pulses must be 30 to 5000.") }
    }

    func run() throws {
        let configuration = try AgentConfiguration.load(config ?? Doctor.usualConfigurationPath)
        var calibrator = TimingCalibrator(configuration: configuration)
        calibrator.pulseCount = pulses
        calibrator.stores = !dryRun
        let outcome = try calibrator.run { StandardError.write("psws-agent: \($0)") }
        StandardOutput.write(json ? outcome.json : outcome.text)
    }
}
