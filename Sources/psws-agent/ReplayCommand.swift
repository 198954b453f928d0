// SPDX-License-Identifier: Apache-2.0

import Agent
import ArgumentParser
import Console
import Detection
import UTC
import VTP

/// `psws-agent replay`: the agent's pipeline over recordings.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Search recordings for flashes, fireballs or meteors.",
        discussion: """
            Runs the same detector as the service over a SER or YUV4MPEG2 recording, a FITS image, cube or sequence \
            of images (in the order given), or YUV4MPEG2 on standard input ('-'). Prints each event as it becomes \
            certain, and a summary at the end. With --json each is one JSON object on a line.

            Any video that ffmpeg reads:
              ffmpeg -i night.mp4 -f yuv4mpegpipe - | psws-agent replay --target sky --start 2026-08-12T22:00:00Z -

            Without --config nothing is known of station and site: events that are sent then are tests.

            Exit code 0 if the recording was searched to its end and the broker has what it should have; 1 if not, \
            after every event that was found; 2 for wrong usage.
            """)

    @Option(help: ArgumentHelp("What the camera looked at: moon, jupiter or sky (default: as configured, or sky)."))
    var target: ObservationTarget?

    @Option(help: ArgumentHelp("Configuration of the station.", valueName: "file"), completion: .file())
    var config: String?

    @Option(help: ArgumentHelp("UTC time of the first frame, in place of the recording's own.", valueName: "iso8601"))
    var start: UTCInstant?

    @Option(help: ArgumentHelp("Frames a second, for a recording that does not say.", valueName: "rate"))
    var fps: Double?

    @Flag(help: "Print JSON, one object a line.")
    var json = false

    @Option(help: ArgumentHelp("Write the evidence of every alert into this directory.", valueName: "dir"))
    var evidence: String?

    @Option(help: ArgumentHelp("Send the alerts to this broker, through the outbox.", valueName: "host:port"))
    var submit: VTPAddress?

    @Option(help: ArgumentHelp("Outbox for --submit (default: as configured, or ./psws-outbox).", valueName: "dir"))
    var outbox: String?

    @Argument(help: ArgumentHelp("Recording, images, or '-'.", valueName: "file"), completion: .file())
    var files: [String]

    mutating func validate() throws {
        if let fps, !(fps > 0 && fps <= 10_000) { throw ValidationError("--fps is a number above 0, at most 10000.") }
    }

    func run() async throws {
        var configuration = try config.map { try AgentConfiguration.load($0) } ?? .standard(for: target ?? .sky)
        if let target { configuration.target = target }
        if target == nil, config == nil {
            StandardError.write("psws-agent: neither --target nor --config is given: taken as sky")
        }
        var options = Replay.Options(paths: files, configuration: configuration, isConfigured: config != nil)
        options.start = start
        options.framesPerSecond = fps
        options.evidenceDirectory = evidence
        if let outbox { options.outboxDirectory = outbox }
        if let submit {
            var broker = configuration.broker
            broker.host = submit.host
            broker.port = submit.port
            options.broker = broker
        }
        let json = json
        let outcome = try await Replay(options).run(
            line: { StandardOutput.write(json ? $0.json : $0.text) },
            remark: { StandardError.write("psws-agent: \($0)") })
        StandardOutput.write(json ? outcome.summary.json : outcome.summary.text)
        for failure in outcome.failures { StandardError.write("psws-agent: \(failure)") }
        if !outcome.failures.isEmpty { throw ExitCode.failure }
    }
}
